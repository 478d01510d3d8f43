package io.ag06.agent.capture;

import io.ag06.analytics.audio.SampleFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.TargetDataLine;

/**
 * A line of Java Sound. It says nothing about which bits of 32 carry sound, yet clipping depends on it: as long as the
 * lowest eight bits of every sample were zero, 24 do.
 */
final class JavaSoundLine implements CaptureLine {
    private static final int LOWEST_BITS = 0xFF;

    private final String description;
    private final TargetDataLine line;
    private final WavFormat layout;
    private byte[] bytes = {};
    private int lowestBits;

    /**
     * Wraps an open line.
     *
     * @param line signed integers, little endian, of 2 to 4 bytes
     */
    JavaSoundLine(String name, TargetDataLine line) {
        AudioFormat format = line.getFormat();
        int sampleBytes = format.getFrameSize() / format.getChannels();
        this.description = "%s (%d Hz, %d bits, %d channels)"
                .formatted(name, (int) format.getSampleRate(), 8 * sampleBytes, format.getChannels());
        this.line = line;
        this.layout = new WavFormat(
                (int) format.getSampleRate(), format.getChannels(), sampleBytes, SampleFormat.integer(8 * sampleBytes));
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public int sampleRateHz() {
        return layout.sampleRateHz();
    }

    @Override
    public int channelCount() {
        return layout.channelCount();
    }

    @Override
    public int bufferFrames() {
        return line.getBufferSize() / layout.blockBytes();
    }

    @Override
    public int available() {
        return line.available() / layout.blockBytes();
    }

    @Override
    public int read(double[][] into, int offset, int count) {
        int wanted = count * layout.blockBytes();
        if (bytes.length < wanted) {
            bytes = new byte[wanted];
        }
        int samples = Math.max(0, line.read(bytes, 0, wanted)) / layout.blockBytes();
        ByteBuffer sound = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < samples; i++) {
            for (int c = 0; c < into.length; c++) {
                int position = i * layout.blockBytes() + c * layout.bytesPerSample();
                into[c][offset + i] = layout.sample(sound, position);
                lowestBits |= bytes[position] & LOWEST_BITS;
            }
        }
        return samples;
    }

    @Override
    public SampleFormat format() {
        return layout.bytesPerSample() == 4 && lowestBits == 0 ? SampleFormat.integer(24) : layout.samples();
    }

    @Override
    public void close() {
        line.stop();
        line.close();
    }
}
