package io.ag06.agent.simulate;

import java.util.List;

/**
 * A cloud service of the made-up company.
 *
 * @param name the service
 * @param operations what can be asked of it, the most popular first
 * @param medianMicros median of its latency
 * @param spread sigma of the latency's logarithm
 * @param requestBytes median size of a request's body
 * @param responseBytes median size of an answer's body
 * @param requestsPerReplica requests a second that use up one replica's processors
 * @param concurrency requests that one replica may serve at once
 */
record CloudService(
        String name,
        List<String> operations,
        long medianMicros,
        double spread,
        long requestBytes,
        long responseBytes,
        double requestsPerReplica,
        int concurrency) {

    /** The services of an AG06 cloud, the busiest first. */
    static final List<CloudService> ALL = List.of(
            new CloudService(
                    "mixer-api",
                    List.of(
                            "GET /mixers/{id}",
                            "PATCH /mixers/{id}/channels",
                            "GET /mixers",
                            "POST /mixers/{id}/scenes"),
                    6_000,
                    0.5,
                    300,
                    1_800,
                    60,
                    32),
            new CloudService(
                    "telemetry",
                    List.of("POST /events", "POST /levels", "GET /sessions/{id}"),
                    2_500,
                    0.4,
                    4_000,
                    60,
                    120,
                    64),
            new CloudService(
                    "preset-sync",
                    List.of("GET /presets", "PUT /presets/{id}", "GET /presets/{id}", "DELETE /presets/{id}"),
                    18_000,
                    0.6,
                    2_000,
                    6_000,
                    30,
                    32),
            new CloudService(
                    "auth", List.of("POST /token", "GET /userinfo", "POST /logout"), 9_000, 0.45, 500, 1_200, 50, 48),
            new CloudService(
                    "studio-render",
                    List.of("POST /renders", "GET /renders/{id}", "GET /renders/{id}/audio"),
                    240_000,
                    0.8,
                    60_000,
                    900_000,
                    3,
                    8),
            new CloudService(
                    "billing",
                    List.of("GET /invoices", "POST /payments", "GET /plans", "POST /refunds"),
                    45_000,
                    0.7,
                    700,
                    2_500,
                    15,
                    16));

    /** Where requests are answered, the busiest first. */
    static final List<String> REGIONS = List.of("eu-west", "us-east", "ap-northeast", "sa-east", "ap-south");
}
