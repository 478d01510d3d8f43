package io.ag06.pipeline.row;

/**
 * A row of {@code scaling_forecasts_versions}: one forecast of one service, all of its steps.
 *
 * @param stepSeconds length of a step: 60 or 3600
 * @param madeAt end of the last step that it knew, seconds since the epoch; the first step that it forecasts begins
 *     then
 * @param mean forecast of 1, 2, … steps ahead, requests in the step (so the bounds of the intervals)
 * @param model the method by step
 * @param calibrated whether the intervals rest on errors of forecasts
 * @param gapsAtEnd how many of the last steps had no value
 * @param assumptions what had to be assumed, in words; empty where nothing had
 * @param version events of the service that were taken in
 */
@SuppressWarnings("ArrayRecordComponent") // Made once, written once, compared by nobody.
public record ScalingForecastRow(
        String service,
        int stepSeconds,
        int madeAt,
        double[] mean,
        double[] lo80,
        double[] hi80,
        double[] lo95,
        double[] hi95,
        String[] model,
        boolean calibrated,
        long gapsAtEnd,
        String assumptions,
        long version) {}
