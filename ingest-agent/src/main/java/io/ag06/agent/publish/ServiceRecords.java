package io.ag06.agent.publish;

import io.ag06.agent.simulate.SimulatedLoad;
import io.ag06.agent.simulate.SimulatedRequest;
import io.ag06.agent.spool.SpooledRecord;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.ServiceMetrics;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topics;

/** Simulated events of cloud services as ServiceRequest and ServiceMetrics records. Used by one thread. */
public final class ServiceRecords {
    private final RecordCodec<ServiceRequest> requests = RecordCodec.of(ServiceRequest.class);
    private final RecordCodec<ServiceMetrics> metrics = RecordCodec.of(ServiceMetrics.class);

    /** The record of a request. */
    public SpooledRecord record(SimulatedRequest request) {
        var value = requests.encode(ServiceRequest.newBuilder()
                .setEventId(request.eventId())
                .setEventTime(request.time())
                .setService(request.service())
                .setOperation(request.operation())
                .setRegion(request.region())
                .setStatusCode(request.statusCode())
                .setError(request.error())
                .setDurationUs(request.durationMicros())
                .setRequestBytes(request.requestBytes())
                .setResponseBytes(request.responseBytes())
                .setTraceId(request.traceId().orElse(null))
                .build());
        return new SpooledRecord(Topics.SERVICE_REQUESTS.name(), request.service(), value);
    }

    /** The record of a service's load. */
    public SpooledRecord record(SimulatedLoad load) {
        var value = metrics.encode(ServiceMetrics.newBuilder()
                .setService(load.service())
                .setEventTime(load.time())
                .setReplicas(load.replicas())
                .setCpuUtilisation(load.cpuUtilisation())
                .setMemoryUtilisation(load.memoryUtilisation())
                .setInflightRequests(load.inflightRequests())
                .setMaxInflightRequests(load.maxInflightRequests())
                .build());
        return new SpooledRecord(Topics.SERVICE_METRICS.name(), load.service(), value);
    }
}
