package io.ag06.analytics.scaling.service;

/**
 * All that is remembered of one service: of a size that never changes (docs/scaling.md, "The job"), made of nothing but
 * numbers, so that it can be kept anywhere.
 *
 * @param layout how the arrays are laid out; another version of the product may lay them out in another way
 * @param began the first minute of the service, minutes since the epoch
 * @param announced the last minute that was announced, minutes since the epoch
 * @param heard the last minute of which an event was heard
 * @param events events taken in
 * @param measuring whether the service has sent readings of its replicas
 * @param lostRequests how busy the replicas are with requests
 * @param minutes the load of each minute, and its forecaster
 * @param hours the same of each hour
 * @param hourSums the hours that may still be corrected
 * @param minuteScores how good the forecasts of minutes were
 * @param hourScores the same of hours
 * @param pastMinutes final values of the last days' minutes
 * @param pastHours final values of the last weeks' hours
 * @param planner what decisions were learned from
 */
@SuppressWarnings("ArrayRecordComponent") // A snapshot: compared by nobody, and copied by whoever makes and reads it.
public record ServiceMemory(
        int layout,
        long began,
        long announced,
        long heard,
        long events,
        boolean measuring,
        double[] lostRequests,
        double[] minutes,
        double[] hours,
        double[] hourSums,
        double[] minuteScores,
        double[] hourScores,
        double[] pastMinutes,
        double[] pastHours,
        double[] planner) {}
