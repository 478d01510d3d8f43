package io.ag06.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as commands print it and files hold it: names in snake case. */
public final class Json {
    /** Reads and writes records of ours. */
    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private static final ObjectWriter ONE_LINE = MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    /** One object on one line, without a line break. */
    public static String line(Object value) {
        try {
            return ONE_LINE.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException("This can't be written as JSON: " + value, e);
        }
    }

    /** One object over several lines, with a line break at its end. */
    public static String pretty(Object value) {
        try {
            return MAPPER.writeValueAsString(value) + System.lineSeparator();
        } catch (IOException e) {
            throw new UncheckedIOException("This can't be written as JSON: " + value, e);
        }
    }
}
