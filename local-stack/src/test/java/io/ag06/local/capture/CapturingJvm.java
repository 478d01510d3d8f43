package io.ag06.local.capture;

import io.ag06.agent.capture.CaptureClock;
import io.ag06.agent.capture.CaptureSettings;
import io.ag06.agent.capture.CaptureSource;
import io.ag06.agent.capture.CapturedFrame;
import io.ag06.agent.capture.FrameSource;
import java.util.Optional;
import java.util.UUID;

/**
 * Captures from a source for a number of frames and prints each as a line, in a JVM of its own, since sound is found by
 * the environment that a process was started in.
 */
final class CapturingJvm {
    private CapturingJvm() {}

    /**
     * Runs.
     *
     * @param args the source, the number of frames
     */
    public static void main(String[] args) throws Exception {
        var settings = CaptureSettings.realTime().withFrames(Long.parseLong(args[1]));
        try (FrameSource source = CaptureSource.parse(args[0])
                .open(settings, CaptureClock.system(), () -> UUID.randomUUID().toString())) {
            Optional<CapturedFrame> frame = source.next();
            while (frame.isPresent()) {
                System.out.println(line(frame.get()));
                frame = source.next();
            }
        }
    }

    private static String line(CapturedFrame frame) {
        return String.join(
                " ",
                "frame",
                frame.streamId(),
                Long.toString(frame.sequence()),
                frame.eventTime().toString(),
                Integer.toString(frame.levels().sampleRateHz()),
                Double.toString(frame.levels().channels().get(0).rmsDbfs()),
                Double.toString(frame.levels().channels().get(1).rmsDbfs()),
                Long.toString(frame.captureLatencyMicros(System.nanoTime())));
    }
}
