package io.ag06.local.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {
    private static Statement parse(String sql) throws EngineException {
        return Statement.parse(sql.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Statement statement) {
        return new String(statement.text(), StandardCharsets.UTF_8);
    }

    private static String data(String sql) throws EngineException {
        return sql.substring(parse(sql).dataStart());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 | SELECT",
                "(SELECT 1) UNION ALL (SELECT 2) | SELECT",
                "WITH 1 AS a SELECT a | SELECT",
                "/* INSERT */ -- KILL | OTHER",
                "-- a comment | OTHER",
                "SHOW TABLES | OTHER",
                "kill query where 1 | KILL_QUERY",
                "KILL MUTATION WHERE 1 | OTHER",
                "INSERT INTO t SELECT 1 | OTHER",
                "INSERT INTO t (a) (SELECT 1) | OTHER",
                "INSERT INTO t WITH 1 AS a SELECT a | OTHER",
                "INSERT INTO t VALUES (1) | INSERT_WITH_DATA",
                "insert into t(a)values(1) | INSERT_WITH_DATA",
                "INSERT INTO t FORMAT CSV | INSERT_WITH_DATA"
            })
    void whatAStatementIs(String sql, Statement.Kind kind) throws EngineException {
        // A comment runs to its line's end.
        String statement = sql.contains("--") ? sql + "\nSHOW TABLES" : sql;

        assertThat(parse(statement).kind()).isEqualTo(kind);
    }

    @Test
    void dataBeginsAfterOneLineEndOfTheFormat() throws EngineException {
        assertThat(data("INSERT INTO t FORMAT RowBinary\n\n\nrows")).isEqualTo("\n\nrows");
        assertThat(data("INSERT INTO t \n FORMAT RowBinary \r\nrows")).isEqualTo("rows");
        assertThat(data("INSERT INTO t FORMAT TSV 1")).isEqualTo("1");
        assertThat(data("INSERT INTO t VALUES (1)")).isEqualTo(" (1)");
        assertThat(data("INSERT INTO t FORMAT VALUES (1)")).isEqualTo(" (1)");
    }

    @Test
    void theHeadOfAnInsertEndsBeforeItsFormat() throws EngineException {
        var statement = parse("INSERT INTO d.t (a, `values`) SETTINGS x = 'FORMAT' FORMAT JSONEachRow {}");

        assertThat(text(statement)).isEqualTo("INSERT INTO d.t (a, `values`) SETTINGS x = 'FORMAT' ");
        assertThat(statement.format()).contains("JSONEachRow");
    }

    @Test
    void aTableMayBeCalledLikeAClause() throws EngineException {
        assertThat(text(parse("INSERT INTO format FORMAT CSV"))).isEqualTo("INSERT INTO format ");
        assertThat(text(parse("INSERT INTO TABLE values VALUES (1)"))).isEqualTo("INSERT INTO TABLE values ");
        assertThat(text(parse("INSERT INTO d.select (a) VALUES (1)"))).isEqualTo("INSERT INTO d.select (a) ");
    }

    @Test
    void theFormatThatCountsIsTheOuterOne() throws EngineException {
        assertThat(parse("SELECT 'FORMAT CSV' FROM (SELECT 1) FORMAT JSON;").format())
                .contains("JSON");
        assertThat(parse("SELECT format FROM t").format()).isEmpty();
        assertThat(parse("SELECT $$ FORMAT CSV ; $$, $x$ ' $x$").format()).isEmpty();
        assertThat(parse("SELECT 'it''s \\' FORMAT CSV'").format()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1; SELECT 2 | 62",
                "SELECT 1 INTO OUTFILE 'x' | 370",
                "INSERT INTO t (a) | 62",
                "INSERT INTO t FROM INFILE 'x' FORMAT CSV | 48",
                "INSERT INTO t SELECT a FROM input('a UInt8') FORMAT CSV | 48",
                "SELECT FILE ('x') | 497",
                "CREATE VIEW v AS SELECT `file`('x') | 497"
            })
    void whatIsRefused(String sql, int code) {
        assertThatThrownBy(() -> parse(sql))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1;",
                "SELECT ';' -- ; ;",
                "CREATE TABLE file (a UInt8) ENGINE = Memory",
                "SELECT file FROM t",
                "INSERT INTO d.file (a) SELECT 1",
                "SELECT 'file(1)'"
            })
    void whatOnlyLooksRefusable(String sql) throws EngineException {
        assertThat(parse(sql).kind()).isNotEqualTo(Statement.Kind.INSERT_WITH_DATA);
    }

    @Test
    void anEmptyStatementIsASyntaxError() {
        for (String sql : new String[] {"", "  \n", "-- nothing", "/* nothing"}) {
            assertThatThrownBy(() -> parse(sql)).hasMessageContaining("Empty query");
        }
    }

    @Test
    void aKillFindsTheClientsIdAndDoesNotWait() throws EngineException {
        String killed = new String(
                parse("KILL QUERY WHERE query_id = 'query_id SYNC' SYNC").killByClientsId(), StandardCharsets.UTF_8);

        assertThat(killed).isEqualTo("KILL QUERY WHERE " + RunningQueries.ID_EXPRESSION + " = 'query_id SYNC' ASYNC");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (1)",
                "insert into t select 1",
                "CREATE TABLE t (n UInt8) ENGINE = Memory",
                "ALTER TABLE t ADD COLUMN m UInt8",
                "OPTIMIZE TABLE t",
                "DELETE FROM t WHERE n = 1",
                "RENAME TABLE t TO u",
            })
    void whatMayStoreDataIsTold(String sql) throws EngineException {
        assertThat(parse(sql).storesData()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "(SELECT 1)",
                "WITH 1 AS x SELECT x",
                "SHOW TABLES",
                "DESCRIBE TABLE t",
                "SET max_threads = 1",
                "KILL QUERY WHERE query_id = '1'",
                "SYSTEM STOP MERGES",
                "-- why\nDROP TABLE t",
                "TRUNCATE TABLE t",
            })
    void whatReadsOrFreesSpaceIsTold(String sql) throws EngineException {
        assertThat(parse(sql).storesData()).isFalse();
    }
}
