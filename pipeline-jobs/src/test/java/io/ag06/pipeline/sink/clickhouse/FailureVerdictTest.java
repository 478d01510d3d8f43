package io.ag06.pipeline.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.ClientException;
import com.clickhouse.client.api.ServerException;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureVerdictTest {
    private static final URI SERVER = URI.create("http://127.0.0.1:8123");
    private static final int MOST_CODES = 2_000;

    /** Sending the same bytes again gives the same answer. */
    enum Refusal {
        CANNOT_PARSE_TEXT(6, "a text in them is none of its column's"),
        CANNOT_PARSE_INPUT_ASSERTION_FAILED(27, "they do not go on as their format does"),
        CANNOT_READ_ALL_DATA(33, "they end in the middle of a row"),
        CANNOT_PARSE_DATE(38, "one of their dates is none"),
        CANNOT_PARSE_DATETIME(41, "one of their times is none"),
        TYPE_MISMATCH(53, "one of their values is of another type than its column"),
        ARGUMENT_OUT_OF_BOUND(69, "one of their values is beyond what its type holds"),
        CANNOT_CONVERT_TYPE(70, "one of their values can't become what its column holds"),
        CANNOT_PARSE_NUMBER(72, "one of their numbers is none"),
        INCORRECT_DATA(117, "they are no rows"),
        TOO_LARGE_ARRAY_SIZE(128, "they announce an array longer than the server takes"),
        TOO_LARGE_STRING_SIZE(131, "they announce a text longer than the server takes"),
        VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE(321, "one of their values does not fit its column"),
        CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN(349, "they have no value where the column wants one"),
        DECIMAL_OVERFLOW(407, "one of their decimals does not fit its column"),
        VIOLATED_CONSTRAINT(469, "one of their rows breaks a rule of the table");

        private final int code;
        private final String reason;

        Refusal(int code, String reason) {
            this.code = code;
            this.reason = reason;
        }
    }

    /** It stays so until a person does something, whatever is sent. */
    enum Mending {
        THERE_IS_NO_COLUMN(8, "migrate the tables, or start the version of the job that they are of"),
        NOT_FOUND_COLUMN_IN_BLOCK(10, "the same"),
        NO_SUCH_COLUMN_IN_TABLE(16, "the same"),
        UNKNOWN_IDENTIFIER(47, "the same"),
        UNKNOWN_TABLE(60, "run the migrations"),
        SYNTAX_ERROR(62, "the server is too old for what this job says"),
        UNKNOWN_DATABASE(81, "run the migrations, or name the right database"),
        UNKNOWN_SETTING(115, "the server is another than was asked for its settings; start the job again"),
        UNKNOWN_USER(192, "create the user, or name the right one"),
        WRONG_PASSWORD(193, "give the right password"),
        REQUIRED_PASSWORD(194, "give a password"),
        ACCESS_DENIED(497, "grant the user what the job needs"),
        AUTHENTICATION_FAILED(516, "give the right user and password");

        private final int code;
        private final String reason;

        Mending(int code, String reason) {
            this.code = code;
            this.reason = reason;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheBytesThemselvesCauseIsRefused(Refusal refusal) {
        assertThat(verdictOf(refusal.code))
                .as("%s: %s", refusal, refusal.reason)
                .isInstanceOf(InsertFailure.Refused.class)
                .hasMessageContaining(SERVER.toString())
                .hasMessageContaining("insert into numbers")
                .hasMessageContaining("the server's words");
    }

    @ParameterizedTest
    @EnumSource
    void whatAPersonMustMendIsFatal(Mending mending) {
        assertThat(verdictOf(mending.code))
                .as("%s: %s", mending, mending.reason)
                .isInstanceOf(InsertFailure.Fatal.class)
                .hasMessageContaining("the server's words");
    }

    /** Whoever adds a code adds it above, with its reason. */
    @Test
    void everyOtherCodeMayPass() {
        Set<Integer> known = Stream.concat(
                        Arrays.stream(Refusal.values()).map(refusal -> refusal.code),
                        Arrays.stream(Mending.values()).map(mending -> mending.code))
                .collect(Collectors.toSet());

        assertThat(IntStream.range(-1, MOST_CODES).boxed().filter(code -> !known.contains(code)))
                .allSatisfy(code -> assertThat(verdictOf(code)).isInstanceOf(InsertFailure.Transient.class));
    }

    @Test
    void whatNoServerSaidMayPass() {
        IOException reset = new IOException("Connection reset");

        assertThat(FailureVerdict.of(new ClientException("Insert failed", reset), "insert into numbers", SERVER))
                .isInstanceOf(InsertFailure.Transient.class)
                .hasMessageContaining("did not answer")
                .hasMessageContaining("Connection reset");
    }

    /** As the client hands on what the server said. */
    private static InsertFailure verdictOf(int code) {
        ServerException said = new ServerException(code, "the server's words", 500, "a-query");
        return FailureVerdict.of(new ClientException("Insert failed", said), "insert into numbers", SERVER);
    }
}
