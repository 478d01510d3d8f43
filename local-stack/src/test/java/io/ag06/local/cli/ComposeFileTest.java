package io.ag06.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What docker/ repeats is the same there as where it is said first. */
class ComposeFileTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static JsonNode services;

    @BeforeAll
    static void readServices() throws IOException {
        services = new ObjectMapper()
                .valueToTree(new Yaml().load(text("docker/compose.yaml")))
                .get("services");
    }

    @Test
    void kafkaIsTheVersionThatTheBuildUses() throws IOException {
        assertThat(services.at("/kafka/image").asText()).isEqualTo("apache/kafka:" + property("kafka.version"));
    }

    @Test
    void flinkIsTheVersionThatTheJobsAreBuiltFor() throws IOException {
        assertThat(text("docker/Dockerfile"))
                .contains("FROM flink:%s-java%s AS flink"
                        .formatted(property("flink.version"), property("maven.compiler.release")));
    }

    @Test
    void clickHouseIsTheReleaseOfTheEmbeddedEngine() throws IOException {
        String release = first(
                "\"(\\d+\\.\\d+)\\.[^\"]*\"",
                text("local-stack/src/main/java/io/ag06/local/clickhouse/EnginePackage.java"));
        assertThat(services.at("/clickhouse/image").asText()).isEqualTo("clickhouse/clickhouse-server:" + release);
    }

    @ParameterizedTest
    @MethodSource("imagesOfOurs")
    void imagesOfOursCarryTheVersionOfThisBuild(String image) throws IOException {
        String version = first("<version>(\\d+\\.\\d+\\.\\d+)(?:-SNAPSHOT)?</version>", text("pom.xml"));
        assertThat(image).endsWith(":" + version);
    }

    @ParameterizedTest
    @MethodSource("commandsOfOurs")
    void commandsAreOnesThatAg06Understands(List<String> command) {
        assertThatCode(() -> Ag06.commandLine().parseArgs(command.toArray(String[]::new)))
                .doesNotThrowAnyException();
    }

    @Test
    void everyPortIsOfTheLoopbackInterface() {
        assertThat(services.findValues("ports").stream()
                        .flatMap(ports -> elements(ports))
                        .map(JsonNode::asText))
                .isNotEmpty()
                .allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void theFolderOfCheckpointsIsOneForAllThatUseIt() {
        for (String service : List.of("jobmanager", "taskmanager", "deploy")) {
            assertThat(elements(services.at("/" + service + "/volumes")).map(JsonNode::asText))
                    .as(service)
                    .contains("flink:/var/lib/ag06/flink");
        }
    }

    static Stream<String> imagesOfOurs() {
        return elements(services)
                .map(service -> service.get("image").asText())
                .filter(image -> image.startsWith("ag06/"));
    }

    static Stream<List<String>> commandsOfOurs() {
        return elements(services)
                .filter(service -> service.get("image").asText().startsWith("ag06/ag06:"))
                .map(service ->
                        elements(service.get("command")).map(JsonNode::asText).toList());
    }

    private static Stream<JsonNode> elements(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }

    private static String property(String name) throws IOException {
        return first("<%s>([^<]+)</".formatted(Pattern.quote(name)), text("pom.xml"));
    }

    private static String first(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1);
    }

    private static String text(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }
}
