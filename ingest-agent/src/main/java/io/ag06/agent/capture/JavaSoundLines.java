package io.ag06.agent.capture;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.Line;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.TargetDataLine;

/**
 * The lines that Java Sound lists. It asks for 48 kHz before other rates, and for 32 bits before 24 and 16: the AG06
 * delivers 24 bits in the highest of 32 (ALSA's S32_LE), and refuses 24 alone.
 */
final class JavaSoundLines implements CaptureLines {
    private static final String AG06 = "ag06";
    private static final String DEFAULT = "default";
    private static final List<Integer> RATES_HZ = List.of(48_000, 44_100, 96_000, 88_200, 192_000, 176_400);
    private static final List<Integer> SAMPLE_BYTES = List.of(4, 3, 2);

    @Override
    public CaptureLine open(Optional<String> mixer) throws LineException {
        List<Mixer.Info> capturing = Arrays.stream(AudioSystem.getMixerInfo())
                .filter(JavaSoundLines::captures)
                .toList();
        Mixer.Info chosen = mixer.isPresent()
                ? capturing.stream()
                        .filter(info -> isCalled(info, mixer.get()))
                        .findFirst()
                        .orElseThrow(() -> new LineException(
                                "No capture line is called '" + mixer.get() + "'; " + listed(capturing)))
                : preferred(capturing).orElseThrow(() -> new LineException(listed(capturing)));
        return open(chosen);
    }

    private static Optional<Mixer.Info> preferred(List<Mixer.Info> capturing) {
        return capturing.stream()
                .filter(info -> isCalled(info, AG06))
                .findFirst()
                .or(() -> capturing.stream()
                        .filter(info -> isCalled(info, DEFAULT))
                        .findFirst())
                .or(() -> capturing.stream().findFirst());
    }

    private static boolean captures(Mixer.Info info) {
        return Arrays.stream(AudioSystem.getMixer(info).getTargetLineInfo())
                .map(Line.Info::getLineClass)
                .anyMatch(TargetDataLine.class::isAssignableFrom);
    }

    private static boolean isCalled(Mixer.Info info, String part) {
        String name = info.getName() + '\n' + info.getDescription();
        return name.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    private static String listed(List<Mixer.Info> capturing) {
        return capturing.isEmpty()
                ? "the system lists no capture line: is a device connected, and may this user open it?"
                : "the system lists "
                        + capturing.stream()
                                .map(info -> "'" + info.getName() + "'")
                                .collect(Collectors.joining(", "));
    }

    private static CaptureLine open(Mixer.Info info) throws LineException {
        Mixer mixer = AudioSystem.getMixer(info);
        Exception refused = null;
        for (int rate : RATES_HZ) {
            for (int channels = 2; channels >= 1; channels--) {
                for (int bytes : SAMPLE_BYTES) {
                    var format = new AudioFormat(
                            AudioFormat.Encoding.PCM_SIGNED, rate, 8 * bytes, channels, bytes * channels, rate, false);
                    try {
                        return open(
                                info,
                                (TargetDataLine) mixer.getLine(new DataLine.Info(TargetDataLine.class, format)),
                                format);
                    } catch (LineUnavailableException | IllegalArgumentException e) {
                        // Not in this format, or in none: the first refusal is of what was wanted most, so that one is
                        // told.
                        refused = refused == null ? e : refused;
                    }
                }
            }
        }
        throw new LineException(
                "The capture line '" + info.getName() + "' can't be opened in any format (" + refused.getMessage()
                        + "); is another program using it?",
                refused);
    }

    private static CaptureLine open(Mixer.Info info, TargetDataLine line, AudioFormat format)
            throws LineUnavailableException {
        // Half a second: enough for a pause of the collector, little enough to be honest about latency.
        line.open(format, (int) format.getFrameRate() / 2 * format.getFrameSize());
        line.start();
        return new JavaSoundLine(info.getName(), line);
    }
}
