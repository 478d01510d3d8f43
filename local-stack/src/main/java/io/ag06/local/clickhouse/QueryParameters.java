package io.ag06.local.clickhouse;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values for a statement's {@code {name:Type}} places, laid out as the C interface takes them. */
final class QueryParameters implements AutoCloseable {
    private final List<Memory> blocks = new ArrayList<>();
    private final int count;
    private final Pointer names;
    private final Pointer nameLengths;
    private final Pointer values;
    private final Pointer valueLengths;

    /** @param parameters names to values, escaped as in TSV, which is how both HTTP and the engine take them */
    QueryParameters(Map<String, String> parameters) {
        count = parameters.size();
        names = table();
        nameLengths = table();
        values = table();
        valueLengths = table();
        int at = 0;
        for (var parameter : parameters.entrySet()) {
            put(at, parameter.getKey(), names, nameLengths);
            put(at, parameter.getValue(), values, valueLengths);
            at++;
        }
    }

    int count() {
        return count;
    }

    Pointer names() {
        return names;
    }

    Pointer nameLengths() {
        return nameLengths;
    }

    Pointer values() {
        return values;
    }

    Pointer valueLengths() {
        return valueLengths;
    }

    private Pointer table() {
        return count == 0 ? null : block((long) count * Native.POINTER_SIZE);
    }

    private void put(int at, String text, Pointer texts, Pointer lengths) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var copy = block(bytes.length + 1L);
        copy.write(0, bytes, 0, bytes.length);
        copy.setByte(bytes.length, (byte) 0);
        texts.setPointer((long) at * Native.POINTER_SIZE, copy);
        lengths.setLong((long) at * Native.POINTER_SIZE, bytes.length);
    }

    private Memory block(long bytes) {
        var block = new Memory(bytes);
        blocks.add(block);
        return block;
    }

    @Override
    public void close() {
        blocks.forEach(Memory::close);
    }
}
