package io.ag06.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.ag06.agent.capture.CaptureStatus;
import io.ag06.agent.capture.CapturedFrame;
import io.ag06.agent.device.MachineReading;
import io.ag06.agent.simulate.CloudScenario;
import io.ag06.agent.simulate.SimulatedLoad;
import io.ag06.agent.simulate.SimulatedRequest;
import io.ag06.agent.spool.SpoolLevel;
import io.ag06.analytics.audio.ChannelLevels;
import io.ag06.analytics.audio.FrameLevels;
import io.ag06.analytics.health.JobMinute;
import io.ag06.analytics.health.TopicMinute;
import io.ag06.schemas.AudioFrame;
import io.ag06.schemas.DecodeException;
import io.ag06.schemas.DeviceMetrics;
import io.ag06.schemas.Examples;
import io.ag06.schemas.PipelineHealth;
import io.ag06.schemas.RecordCodec;
import io.ag06.schemas.RecordRules;
import io.ag06.schemas.ServiceMetrics;
import io.ag06.schemas.ServiceRequest;
import io.ag06.schemas.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TranslationTest {
    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.100000Z");

    @Test
    void aFrameBecomesTheExampleOfAnOrdinaryOne() throws DecodeException {
        var levels = new FrameLevels(
                48_000,
                4_800,
                List.of(
                        new ChannelLevels(-23.1, -9.8, OptionalDouble.of(-9.5), 0, 0.0001),
                        new ChannelLevels(-22.7, -10.4, OptionalDouble.of(-10.2), 0, -0.0002)),
                OptionalDouble.of(-21.4),
                OptionalDouble.of(-22.0),
                OptionalDouble.of(0.82),
                1840.5,
                List.of(-62.4, -48.1, -37.9, -33.2, -29.8, -31.5, -36.0, -41.7, -52.3, -60.9),
                false,
                OptionalDouble.of(-21.2),
                OptionalDouble.of(-21.9));
        var frame = new CapturedFrame("0f8b3c1e-6a52-4d7e-9b1f-2c4d5e6f7a80", 1234, TIME, levels, 0, 5_000_000);

        var record = new AudioFrames("studio-1").record(frame, 13_200_999);

        assertThat(record.topic()).isEqualTo(Topics.AUDIO_FRAMES.name());
        assertThat(record.key()).isEqualTo("studio-1");
        assertThat(RecordCodec.of(AudioFrame.class).decode(record.value()))
                .isEqualTo(Examples.of(AudioFrame.class, "ordinary"));
    }

    @Test
    void readingsBecomeTheExampleOfOrdinaryOnes() throws DecodeException {
        var machine = new MachineReading(
                Instant.parse("2026-03-01T12:00:01Z"),
                0.37,
                6_442_450_944L,
                17_179_869_184L,
                214_748_364_800L,
                512_110_190_592L,
                9_876_543_210L,
                1_234_567_890L,
                83_886_080L);
        var capture = new CaptureStatus(48_000, 9_600, 0.21, 3, OptionalDouble.of(-11.7));

        var record =
                new DeviceMetricsRecords("studio-1").record(machine, capture, new SpoolLevel(12, 4_096, 1L << 30, 0));

        assertThat(record.key()).isEqualTo("studio-1");
        assertThat(RecordCodec.of(DeviceMetrics.class).decode(record.value()))
                .isEqualTo(Examples.of(DeviceMetrics.class, "ordinary"));
    }

    @Test
    void simulatedEventsBecomeTheExamplesOfOrdinaryOnes() throws DecodeException {
        var records = new ServiceRecords();
        var request = records.record(new SimulatedRequest(
                "6c1b7a52-0d0c-4b0e-8a8f-5b5f3c0e9d11",
                Instant.parse("2026-03-01T12:00:00.123456Z"),
                "preset-sync",
                "PUT /presets/{id}",
                "eu-west",
                200,
                false,
                18_250,
                2_048,
                312,
                Optional.empty()));
        assertThat(request.key()).isEqualTo("preset-sync");
        assertThat(RecordCodec.of(ServiceRequest.class).decode(request.value()))
                .isEqualTo(Examples.of(ServiceRequest.class, "ordinary"));

        var load = records.record(
                new SimulatedLoad("mixer-api", Instant.parse("2026-03-01T12:00:10Z"), 6, 0.58, 0.44, 31, 192));
        assertThat(load.topic()).isEqualTo(Topics.SERVICE_METRICS.name());
        assertThat(RecordCodec.of(ServiceMetrics.class).decode(load.value()))
                .isEqualTo(Examples.of(ServiceMetrics.class, "ordinary"));
    }

    @Test
    void aTracedRequestBecomesTheExampleOfOne() throws DecodeException {
        var request = new ServiceRecords()
                .record(new SimulatedRequest(
                        "b52f7d4c-9b7e-4f0c-9d0f-3f1f8a7c2e64",
                        Instant.parse("2026-03-01T12:00:00.123456Z"),
                        "preset-sync",
                        "PUT /presets/{id}",
                        "eu-west",
                        200,
                        false,
                        18_250,
                        2_048,
                        312,
                        Optional.of("4bf92f3577b34da6a3ce929d0e0e4736")));

        assertThat(RecordCodec.of(ServiceRequest.class).decode(request.value()))
                .isEqualTo(Examples.of(ServiceRequest.class, "part-of-a-trace"));
    }

    @Test
    void whatIsSimulatedKeepsTheRulesOfItsRecords() throws DecodeException {
        var records = new ServiceRecords();
        var requests = RecordCodec.of(ServiceRequest.class);
        var loads = RecordCodec.of(ServiceMetrics.class);
        var requestRules = RecordRules.of(ServiceRequest.getClassSchema());
        var loadRules = RecordRules.of(ServiceMetrics.getClassSchema());
        var events = new CloudScenario(100).events(1, TIME, TIME.plusSeconds(60));
        while (events.hasNext()) {
            var event = events.next();
            var violation = event instanceof SimulatedRequest request
                    ? requestRules.violation(
                            requests.decode(records.record(request).value()))
                    : loadRules.violation(
                            loads.decode(records.record((SimulatedLoad) event).value()));
            assertThat(violation).isEmpty();
        }
    }

    @Test
    void aMinuteOfTheArchiveBecomesTheExampleOfAnOrdinaryOne() throws DecodeException {
        var minute = new JobMinute(
                "event-archive",
                Instant.parse("2026-03-01T12:00:00Z"),
                Optional.of("RUNNING"),
                new JobMinute.Work(
                        OptionalLong.of(0), OptionalLong.of(6120), OptionalLong.of(6118), OptionalLong.of(2)),
                new JobMinute.Freshness(OptionalLong.of(1_293_000), OptionalLong.of(2_309_000)),
                new JobMinute.Checkpoint(OptionalLong.of(1_400_000), OptionalLong.of(9_000), OptionalLong.of(2206)),
                new JobMinute.Sink(
                        Optional.of(JobMinute.Sink.CLOSED),
                        OptionalLong.of(0),
                        OptionalLong.of(118),
                        OptionalLong.of(0),
                        OptionalLong.of(0),
                        OptionalLong.of(0)),
                new JobMinute.Spool(OptionalLong.of(10), OptionalLong.of(4120)),
                List.of(
                        new TopicMinute(
                                Topics.AUDIO_FRAMES.name(),
                                OptionalLong.of(2),
                                OptionalLong.of(600),
                                OptionalLong.of(0)),
                        new TopicMinute(
                                Topics.SERVICE_REQUESTS.name(),
                                OptionalLong.of(10),
                                OptionalLong.of(5458),
                                OptionalLong.of(1))));

        var record = new PipelineHealthRecords().record(minute);

        assertThat(record.topic()).isEqualTo(Topics.PIPELINE_HEALTH.name());
        assertThat(record.key()).isEqualTo("event-archive");
        assertThat(RecordCodec.of(PipelineHealth.class).decode(record.value()))
                .isEqualTo(Examples.of(PipelineHealth.class, "ordinary"));
    }
}
