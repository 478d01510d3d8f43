package io.ag06.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ag06.schemas.DecodeException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordCodecTest {
    private final RecordCodec<AudioFrame> frames = RecordCodec.of(AudioFrame.class);

    static List<Topic> topics() {
        return Topics.all();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everyExampleComesBackAsItWas(Topic topic) throws DecodeException {
        comesBack(topic.recordClass());
    }

    private static <T extends SpecificRecord> void comesBack(Class<T> type) throws DecodeException {
        var codec = RecordCodec.of(type);
        for (var example : Examples.all(type)) {
            assertThat(codec.decode(codec.encode(example))).isEqualTo(example);
        }
    }

    @Test
    void writesWhatAvrosOwnEncoderWrites() throws IOException {
        var frame = Examples.of(AudioFrame.class, "ordinary");
        var avros = new BinaryMessageEncoder<AudioFrame>(
                SpecificData.getForClass(AudioFrame.class), AudioFrame.getClassSchema());
        assertThat(frames.encode(frame)).isEqualTo(avros.encode(frame).array());
    }

    @ParameterizedTest
    @MethodSource("topics")
    void whatAnyEarlierVersionWroteIsReadWithTheDefaultsOfWhatCameLater(Topic topic)
            throws IOException, DecodeException {
        readsEveryVersion(topic.recordClass());
    }

    private static <T extends SpecificRecord> void readsEveryVersion(Class<T> type)
            throws IOException, DecodeException {
        var codec = RecordCodec.of(type);
        for (var example : Examples.all(type)) {
            for (var writer : SchemaVersions.bundled().of(type.getSimpleName())) {
                var read = codec.decode(OlderProducer.bytes(writer, example));
                for (var field : read.getSchema().getFields()) {
                    var expected = writer.getField(field.name()) == null
                            ? SpecificData.get().getDefaultValue(field)
                            : example.get(field.pos());
                    assertThat(read.get(field.pos())).as(field.name()).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void aRequestOfTheFirstVersionHasNoTrace() throws IOException, DecodeException {
        var traced = Examples.of(ServiceRequest.class, "part-of-a-trace");
        var first = SchemaVersions.bundled().of("ServiceRequest").get(0);
        var codec = RecordCodec.of(ServiceRequest.class);

        var read =
                codec.decode(OlderProducer.bytes(first, traced), Examples.of(ServiceRequest.class, "part-of-a-trace"));

        assertThat(read.getTraceId()).isNull();
        assertThat(codec.decode(codec.encode(traced)).getTraceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @Test
    void fillsARecordThatIsGivenToIt() throws DecodeException {
        var reuse = Examples.of(AudioFrame.class, "ordinary");
        var mono = Examples.of(AudioFrame.class, "mono");
        assertThat(frames.decode(frames.encode(mono), reuse)).isSameAs(reuse).isEqualTo(mono);
    }

    @Test
    void aMessageWithoutAValueIsNoRecord() {
        assertRefused(null, Reason.NOT_SINGLE_OBJECT, "no value");
    }

    @Test
    void textIsNoRecord() {
        assertRefused(
                "{\"device_id\":1}".getBytes(StandardCharsets.UTF_8), Reason.NOT_SINGLE_OBJECT, "begins with 7B 22");
        assertRefused(new byte[0], Reason.NOT_SINGLE_OBJECT, "it is empty");
        assertRefused(new byte[] {(byte) 0xC3, 1, 0}, Reason.NOT_SINGLE_OBJECT, "has 3 bytes");
    }

    @Test
    void anUnknownFingerprintIsNamed() {
        var bytes = frames.encode(Examples.of(AudioFrame.class, "ordinary"));
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(2, 0xDEADBEEFL);
        assertRefused(bytes, Reason.UNKNOWN_SCHEMA, "00000000deadbeef");
    }

    @Test
    void anotherRecordIsCalledByItsName() {
        var bytes = RecordCodec.of(ServiceRequest.class).encode(Examples.of(ServiceRequest.class, "ordinary"));
        assertRefused(bytes, Reason.OTHER_RECORD, "carries ServiceRequest, not AudioFrame");
    }

    @Property(tries = 200)
    void aRecordCutAnywhereIsCorrupt(@ForAll @IntRange(min = RecordCodec.HEADER_BYTES, max = 10_000) int seed) {
        var bytes = frames.encode(Examples.of(AudioFrame.class, "ordinary"));
        int length = RecordCodec.HEADER_BYTES + seed % (bytes.length - RecordCodec.HEADER_BYTES);
        assertRefused(Arrays.copyOf(bytes, length), Reason.CORRUPT, "AudioFrame");
    }

    @Test
    void bytesThatFollowTheRecordAreCounted() {
        var bytes = frames.encode(Examples.of(AudioFrame.class, "ordinary"));
        assertRefused(Arrays.copyOf(bytes, bytes.length + 3), Reason.TRAILING_BYTES, "3 bytes too many");
    }

    @Test
    void aLengthThatTheBytesCantHoldReservesNoMemory() throws IOException {
        for (long claim : new long[] {Integer.MAX_VALUE - 16, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            assertRefused(claimingALongString(claim), Reason.CORRUPT, "");
            assertRefused(claimingManyChannels(claim), Reason.CORRUPT, "");
        }
    }

    @Property(tries = 2_000)
    void noBytesDoWorseThanBeRefused(@ForAll @Size(max = 400) byte[] payload) {
        for (var topic : Topics.all()) {
            var codec = RecordCodec.of(topic.recordClass());
            refusesOrReads(codec, withHeader(codec, payload));
        }
    }

    @Property(tries = 2_000)
    void noFlippedByteDoesWorseThanBeRefused(@ForAll @IntRange(max = 5_000) int at, @ForAll byte value) {
        var bytes = frames.encode(Examples.of(AudioFrame.class, "ordinary"));
        bytes[at % bytes.length] = value;
        refusesOrReads(frames, bytes);
    }

    @Test
    void needsNoFlagOfTheJvm() {
        assertThat(ClassSecurityValidator.getGlobal().isTrusted(AudioFrame.class))
                .isTrue();
        assertThat(ClassSecurityValidator.getGlobal().isTrusted(Runtime.class)).isFalse();
    }

    private static void refusesOrReads(RecordCodec<? extends SpecificRecord> codec, byte[] bytes) {
        try {
            assertThat(codec.decode(bytes)).isNotNull();
        } catch (DecodeException e) {
            assertThat(e.reason()).isNotNull();
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private void assertRefused(byte[] bytes, Reason reason, String words) {
        var refusal = catchThrowableOfType(DecodeException.class, () -> frames.decode(bytes));
        assertThat(refusal).isNotNull().hasMessageContaining(words);
        assertThat(refusal.reason()).isEqualTo(reason);
    }

    private static byte[] withHeader(RecordCodec<?> codec, byte[] payload) {
        var bytes =
                ByteBuffer.allocate(RecordCodec.HEADER_BYTES + payload.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0xC3).put((byte) 1).putLong(SchemaVersions.fingerprint(codec.schema()));
        return bytes.put(payload).array();
    }

    private byte[] claimingALongString(long length) throws IOException {
        var payload = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(payload, null);
        encoder.writeLong(length);
        encoder.flush();
        return withHeader(frames, payload.toByteArray());
    }

    private byte[] claimingManyChannels(long count) throws IOException {
        var payload = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(payload, null);
        encoder.writeString("studio-1");
        encoder.writeString("stream");
        encoder.writeLong(0);
        encoder.writeLong(0);
        encoder.writeInt(48_000);
        encoder.writeInt(4_800);
        encoder.writeLong(count);
        encoder.writeLong(count);
        encoder.flush();
        return withHeader(frames, payload.toByteArray());
    }
}
