package io.ag06.local.cli;

import io.ag06.agent.Agent;
import io.ag06.agent.AgentMain;
import io.ag06.agent.AgentSettings;
import io.ag06.local.Connections;
import io.ag06.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Samples sound and the machine's health into Kafka. */
@Command(
        name = "agent",
        mixinStandardHelpOptions = true,
        description = {
            "Samples sound and the machine's health into Kafka, until the sound ends or it is interrupted.",
            "Without --kafka it finds the stack that runs in the data folder."
        })
final class AgentCommand extends OnData implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--source",
            required = true,
            paramLabel = "SOURCE",
            description = "wav:FILE[,FILE]..., live[:MIXER] or synthetic[:SEED].")
    private String source;

    @Option(names = "--fast", description = "Play a file as fast as it can be measured; event times then end now.")
    private boolean fast;

    @Option(names = "--seconds", paramLabel = "N", description = "Play this much of the sound (default: to its end).")
    private Long seconds;

    @Option(
            names = "--device-id",
            paramLabel = "ID",
            description = "Name of this device (default: the machine's name).")
    private String deviceId;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Where Kafka listens (default: the stack's own).")
    private String kafka;

    @Override
    public Integer call() throws Exception {
        AgentSettings settings = settings();
        return Interrupts.duringWork(() -> {
            try (Agent agent = Agent.start(settings)) {
                System.err.printf(
                        "Measuring %s as %s into Kafka at %s%n", source, settings.deviceId(), settings.kafka());
                agent.await();
                agent.stop();
                agent.published().forEach(AgentCommand::tell);
                return 0;
            }
        });
    }

    private AgentSettings settings() {
        List<String> arguments = new ArrayList<>(List.of("--source", source));
        if (fast) {
            arguments.add("--fast");
        }
        add(arguments, "--seconds", seconds);
        add(arguments, "--device-id", deviceId);
        arguments.add("--kafka");
        arguments.add(kafka == null ? Connections.running(data.directory()).kafka() : kafka);
        try {
            return AgentSettings.read(
                    arguments,
                    new AgentSettings.Machine(
                            AgentMain.machine().hostName(), data.directory().resolve("spool")));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static void tell(Topic topic, long records) {
        if (records > 0) {
            System.err.printf("%,d records to %s%n", records, topic);
        }
    }

    private static void add(List<String> arguments, String name, Object value) {
        if (value != null) {
            arguments.add(name);
            arguments.add(value.toString());
        }
    }
}
