package io.ag06.local.cli;

import io.ag06.local.Endpoints;

/** Endpoints for a person. */
final class EndpointsText {
    private EndpointsText() {}

    static String of(Endpoints endpoints) {
        return """
                Kafka       %s
                Flink       %s
                ClickHouse  %s  (user %s, password in %s)
                Metrics     %s  (health beside them, at /healthz)
                """.formatted(
                        endpoints.kafka(),
                        endpoints.flinkRest(),
                        endpoints.clickhouseUrl(),
                        endpoints.clickhouseUser(),
                        endpoints.clickhousePasswordFile(),
                        endpoints.metricsUrl());
    }
}
