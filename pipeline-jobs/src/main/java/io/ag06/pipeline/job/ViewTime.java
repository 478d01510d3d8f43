package io.ag06.pipeline.job;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A moment as the views' results have it in JSON: ISO 8601 in UTC, with microseconds. */
final class ViewTime {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private ViewTime() {}

    static String of(Instant moment) {
        return FORMAT.format(moment);
    }
}
