package io.ag06.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaVersionsTest {
    private static final Path MAIN = Path.of("src", "main");
    private static final SchemaVersions VERSIONS = SchemaVersions.bundled();

    static Set<String> records() {
        return VERSIONS.records();
    }

    @ParameterizedTest
    @MethodSource("records")
    void theNewestFrozenVersionIsTheSourceOfTheClasses(String record) throws IOException {
        var source = MAIN.resolve("avro").resolve(SchemaVersions.folder(record) + ".avsc");
        var newest = MAIN.resolve("resources/versions")
                .resolve(SchemaVersions.folder(record))
                .resolve(VERSIONS.of(record).size() + ".avsc");
        assertThat(Files.readString(newest))
                .as("a released version never changes: freeze a new one beside it (CONTRIBUTING, \"Add a field\")")
                .isEqualTo(Files.readString(source));
    }

    @Test
    void everySchemaOfTheSourceIsReleased() throws IOException {
        try (var sources = Files.list(MAIN.resolve("avro"))) {
            assertThat(sources.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(VERSIONS.records().stream()
                            .map(record -> SchemaVersions.folder(record) + ".avsc")
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void versionsAreNumberedFromOneWithoutGaps(String record) throws IOException {
        var expected = new ArrayList<String>();
        for (int version = 1; version <= VERSIONS.of(record).size(); version++) {
            expected.add(version + ".avsc");
        }
        try (var files = Files.list(MAIN.resolve("resources/versions").resolve(SchemaVersions.folder(record)))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyVersionReadsEveryOther(String record) {
        for (var reader : VERSIONS.of(record)) {
            for (var writer : VERSIONS.of(record)) {
                assertThat(SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                                .getType())
                        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyFieldSaysWhatItMeans(String record) {
        assertThat(undocumented(VERSIONS.current(record))).isEmpty();
    }

    @Test
    void areFoundByTheFingerprintThatMessagesCarry() {
        var schema = AudioFrame.getClassSchema();
        long fingerprint = SchemaVersions.fingerprint(schema);

        assertThat(VERSIONS.byFingerprint(fingerprint)).contains(VERSIONS.current("AudioFrame"));
        assertThat(VERSIONS.byFingerprint("AudioFrame", fingerprint)).isPresent();
        assertThat(VERSIONS.byFingerprint("ServiceRequest", fingerprint)).isEmpty();
        assertThat(VERSIONS.byFingerprint(0)).isEmpty();
    }

    @Test
    void sayWhichRecordsThereAreWhenAskedForAnother() {
        assertThatThrownBy(() -> VERSIONS.current("VideoFrame"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no record VideoFrame")
                .hasMessageContaining("AudioFrame");
    }

    private static List<String> undocumented(Schema schema) {
        var found = schema.getFields().stream()
                .filter(field -> field.doc() == null || field.doc().isBlank())
                .map(field -> schema.getName() + "." + field.name())
                .collect(Collectors.toCollection(ArrayList::new));
        if (schema.getDoc() == null) {
            found.add(schema.getName());
        }
        return found;
    }
}
