package io.ag06.local;

import java.lang.management.ManagementFactory;
import java.util.List;

/** The options that this Java process was started with, for one that shall run like it. */
final class JvmArguments {
    private JvmArguments() {}

    static List<String> ofThisProcess() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument ->
                        argument.startsWith("-X") || argument.startsWith("-D") || argument.startsWith("--add-"))
                .toList();
    }
}
