package io.ag06.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * Messages to learn from and to test with: one odd case a file, {@code examples/<record>/<case>.json}, named by the
 * case that it shows. The tests of every module use them, so that producer, consumer and table agree on what can
 * happen.
 */
public final class Examples {
    private Examples() {}

    /** The names of a record's cases, sorted. */
    public static List<String> cases(Class<? extends SpecificRecord> type) {
        var folder = "/examples/" + SchemaVersions.folder(type.getSimpleName());
        var url = Examples.class.getResource(folder);
        if (url == null) {
            throw new IllegalStateException("the folder " + folder + " is missing from the class path");
        }
        try {
            return list(url.toURI(), folder);
        } catch (IOException e) {
            throw new UncheckedIOException("can't list " + url, e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("can't list " + url, e);
        }
    }

    /** One example, as {@code of(AudioFrame.class, "mono")}. */
    public static <T extends SpecificRecord> T of(Class<T> type, String name) {
        try {
            return JsonRecords.of(type).read(text(type, name));
        } catch (JsonRecordException e) {
            throw new IllegalStateException(path(type, name) + ": " + e.getMessage(), e);
        }
    }

    /** Every example of a record, in the order of their names. */
    public static <T extends SpecificRecord> List<T> all(Class<T> type) {
        return cases(type).stream().map(name -> of(type, name)).toList();
    }

    /** An example as it is written. */
    static String text(Class<? extends SpecificRecord> type, String name) {
        var path = path(type, name);
        try (var in = Examples.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no example " + path + "; there are " + cases(type));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + path, e);
        }
    }

    private static String path(Class<?> type, String name) {
        return "/examples/" + SchemaVersions.folder(type.getSimpleName()) + "/" + name + ".json";
    }

    /** Lists a folder of the class path, which is one of a disk or of a jar. */
    private static List<String> list(URI uri, String folder) throws IOException {
        if (!uri.getScheme().equals("jar")) {
            return names(Path.of(uri));
        }
        try (var jar = FileSystems.newFileSystem(uri, Map.of())) {
            return names(jar.getPath(folder));
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".json"))
                    .map(file -> file.substring(0, file.length() - ".json".length()))
                    .sorted()
                    .toList();
        }
    }
}
