package io.ag06.local.cli;

import io.ag06.analytics.scaling.forecast.ForecastSettings;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a forecaster is asked for. */
final class ForecastOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--horizon", required = true, paramLabel = "H", description = "Steps ahead.")
    private int horizon;

    @Option(
            names = "--seasons",
            split = ",",
            paramLabel = "STEPS",
            description = "Seasonal periods in steps, ascending: 24,168 for hours (default: none).")
    private List<Integer> seasons = List.of();

    /** @throws ParameterException where no forecaster can do that */
    ForecastSettings settings() {
        try {
            return new ForecastSettings(horizon, seasons);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }
}
