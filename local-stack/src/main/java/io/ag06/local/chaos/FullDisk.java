package io.ag06.local.chaos;

/** A disk has no room for a while. */
record FullDisk(String words, SmallDisk disk) implements Fault {
    @Override
    public void strike() {
        disk.fill();
    }

    @Override
    public void mend() {
        disk.free();
    }
}
