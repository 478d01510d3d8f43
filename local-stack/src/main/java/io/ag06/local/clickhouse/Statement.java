package io.ag06.local.clickhouse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the endpoint must know of a statement to run it: what it is, the format it names, where its data begins. The
 * engine parses it properly.
 */
final class Statement {
    enum Kind {
        /** A SELECT, whose result can be streamed. */
        SELECT,
        /** An INSERT followed by its data. */
        INSERT_WITH_DATA,
        /** {@code KILL QUERY}. */
        KILL_QUERY,
        /** Anything else, run and waited for. */
        OTHER
    }

    /** First words of statements that read, or that free space. Whatever else there is may store data. */
    private static final List<String> STORE_NOTHING = List.of(
            "SELECT",
            "WITH",
            "FROM",
            "SHOW",
            "DESCRIBE",
            "DESC",
            "EXPLAIN",
            "EXISTS",
            "CHECK",
            "SET",
            "USE",
            "KILL",
            "SYSTEM",
            "DROP",
            "TRUNCATE");

    private final Kind kind;
    private final byte[] text;
    private final Optional<String> format;
    private final int dataStart;
    private final boolean totals;

    private Statement(Kind kind, byte[] text, Optional<String> format, int dataStart, boolean totals) {
        this.kind = kind;
        this.text = text;
        this.format = format;
        this.dataStart = dataStart;
        this.totals = totals;
    }

    /** How it is to be run. */
    Kind kind() {
        return kind;
    }

    /** The statement without data; for an INSERT with data, up to its FORMAT or VALUES clause. */
    byte[] text() {
        return text;
    }

    /** The format that its FORMAT clause names, or {@code Values}. */
    Optional<String> format() {
        return format;
    }

    /** Whether it may put data on the disk. */
    boolean storesData() {
        var tokens = new SqlTokens(text, text.length);
        tokens.next();
        while (tokens.isSign('(')) {
            tokens.next();
        }
        return STORE_NOTHING.stream().noneMatch(tokens::isWord);
    }

    /** Whether the result ends in totals, which each chunk of a stream would bring. */
    boolean hasTotals() {
        return totals;
    }

    /** Where the data begins in the bytes parsed; their length where there is none. */
    int dataStart() {
        return dataStart;
    }

    /**
     * Reads a statement.
     *
     * @param bytes the statement, or the start of it and of its data
     * @param length how many of the bytes count
     * @throws EngineException for what the endpoint refuses: several statements, files, no statement
     */
    static Statement parse(byte[] bytes, int length) throws EngineException {
        var tokens = new SqlTokens(bytes, length);
        tokens.next();
        while (tokens.isSign('(')) {
            tokens.next();
        }
        if (tokens.kind() == SqlTokens.Kind.END) {
            throw new EngineException(EngineException.SYNTAX_ERROR, "Empty query. (SYNTAX_ERROR)");
        }
        if (tokens.isWord("INSERT")) {
            return insert(bytes, length, tokens);
        }
        boolean select = tokens.isWord("SELECT") || tokens.isWord("WITH") || tokens.isWord("FROM");
        boolean kill = tokens.isWord("KILL");
        if (kill) {
            tokens.next();
            kill = tokens.isWord("QUERY");
        }
        var clauses = Clauses.read(tokens);
        Kind kind = select ? Kind.SELECT : kill ? Kind.KILL_QUERY : Kind.OTHER;
        return new Statement(kind, Arrays.copyOf(bytes, length), clauses.format(), length, clauses.totals());
    }

    /** Reads a statement that is all of the bytes. */
    static Statement parse(byte[] bytes) throws EngineException {
        return parse(bytes, bytes.length);
    }

    /** Whether the bytes begin with INSERT. */
    static boolean isInsert(byte[] bytes) {
        var tokens = new SqlTokens(bytes, bytes.length);
        tokens.next();
        return tokens.isWord("INSERT");
    }

    private static Statement insert(byte[] bytes, int length, SqlTokens tokens) throws EngineException {
        boolean namesTable = true;
        while (tokens.next() != SqlTokens.Kind.END) {
            // A table may be called format or values.
            if (!namesTable) {
                if (tokens.isKeyword("VALUES")) {
                    return withData(bytes, tokens.start(), "Values", tokens.end());
                }
                if (tokens.isKeyword("FORMAT")) {
                    return withFormat(bytes, length, tokens);
                }
                if (tokens.isKeyword("SELECT") || tokens.isKeyword("WITH")) {
                    return insertSelect(bytes, length, tokens);
                }
                if (tokens.isKeyword("FROM")) {
                    throw new EngineException(
                            EngineException.NOT_IMPLEMENTED,
                            "INSERT FROM INFILE reads a file of the client, which the endpoint has not."
                                    + " Send the data in the request. (NOT_IMPLEMENTED)");
                }
            }
            namesTable = tokens.isKeyword("INTO") || tokens.isKeyword("TABLE") || tokens.isSign('.');
        }
        if (containsSelect(bytes, length)) {
            return insertSelect(bytes, length, new SqlTokens(bytes, length));
        }
        throw new EngineException(
                EngineException.SYNTAX_ERROR,
                "The INSERT has no FORMAT, VALUES or SELECT, so its data can't be told. (SYNTAX_ERROR)");
    }

    private static Statement withFormat(byte[] bytes, int length, SqlTokens tokens) throws EngineException {
        int head = tokens.start();
        if (tokens.next() != SqlTokens.Kind.WORD) {
            throw new EngineException(EngineException.SYNTAX_ERROR, "FORMAT without a name. (SYNTAX_ERROR)");
        }
        String format = tokens.word();
        int data = tokens.end();
        if (format.toUpperCase(Locale.ROOT).equals("VALUES")) {
            return withData(bytes, head, "Values", data);
        }
        while (data < length && (bytes[data] == ' ' || bytes[data] == '\t' || bytes[data] == '\f')) {
            data++;
        }
        // One line end belongs to the statement; whatever follows is data.
        if (data < length && bytes[data] == '\r') {
            data++;
        }
        if (data < length && bytes[data] == '\n') {
            data++;
        }
        return withData(bytes, head, format, data);
    }

    private static Statement withData(byte[] bytes, int head, String format, int dataStart) {
        return new Statement(Kind.INSERT_WITH_DATA, Arrays.copyOf(bytes, head), Optional.of(format), dataStart, false);
    }

    private static Statement insertSelect(byte[] bytes, int length, SqlTokens tokens) throws EngineException {
        boolean input = false;
        var words = new SqlTokens(bytes, length);
        while (words.next() != SqlTokens.Kind.END) {
            if (input && words.isSign('(')) {
                throw new EngineException(
                        EngineException.NOT_IMPLEMENTED,
                        "INSERT … SELECT FROM input(…) is not in the embedded engine: it would store nothing."
                                + " Insert the rows as they are. (NOT_IMPLEMENTED)");
            }
            input = words.isWord("INPUT");
        }
        Clauses.read(tokens);
        return new Statement(Kind.OTHER, Arrays.copyOf(bytes, length), Optional.empty(), length, false);
    }

    private static boolean containsSelect(byte[] bytes, int length) {
        var tokens = new SqlTokens(bytes, length);
        while (tokens.next() != SqlTokens.Kind.END) {
            if (tokens.isWord("SELECT")) {
                return true;
            }
        }
        return false;
    }

    /** What counts of the rest of a statement, wherever it stands. */
    private record Clauses(Optional<String> format, boolean totals) {
        private static final Set<String> BEFORE_A_TABLE = Set.of("INTO", "TABLE", "EXISTS", ".");

        static Clauses read(SqlTokens tokens) throws EngineException {
            Optional<String> format = Optional.empty();
            boolean totals = false;
            boolean ended = false;
            boolean isFormat = false;
            String before = "";
            String word = "";
            while (tokens.next() != SqlTokens.Kind.END) {
                if (ended) {
                    throw new EngineException(
                            EngineException.SYNTAX_ERROR,
                            "Syntax error (Multi-statements are not allowed): failed at position "
                                    + (tokens.start() + 1) + ". (SYNTAX_ERROR)");
                }
                if (word.equals("INTO") && tokens.isWord("OUTFILE")) {
                    throw new EngineException(
                            EngineException.INTO_OUTFILE_NOT_ALLOWED,
                            "INTO OUTFILE is not allowed. (INTO_OUTFILE_NOT_ALLOWED)");
                }
                // The table function is refused by the engine; the function of one argument is not.
                if (word.equals("FILE") && tokens.isSign('(') && !BEFORE_A_TABLE.contains(before)) {
                    throw new EngineException(
                            EngineException.ACCESS_DENIED,
                            "default: Not enough privileges. The endpoint reads no files. (ACCESS_DENIED)");
                }
                if (isFormat && !tokens.isSign(';') && !tokens.isWord("SETTINGS")) {
                    // Something else follows, so it was a name.
                    format = Optional.empty();
                }
                isFormat = word.equals("FORMAT") && tokens.depth() == 0 && tokens.kind() == SqlTokens.Kind.WORD;
                if (isFormat) {
                    format = Optional.of(tokens.word());
                }
                totals |= tokens.isWord("TOTALS");
                ended = tokens.isSign(';');
                before = word;
                word = tokens.kind() == SqlTokens.Kind.STRING
                        ? ""
                        : tokens.unquoted().toUpperCase(Locale.ROOT);
            }
            return new Clauses(format, totals);
        }
    }

    /**
     * A KILL QUERY as the engine must get it. The engine gives each query an id of its own and keeps the client's in
     * the log comment, and its SYNC never returns.
     */
    byte[] killByClientsId() {
        var rewritten = new StringBuilder();
        String latin = new String(text, StandardCharsets.ISO_8859_1);
        var tokens = new SqlTokens(text, text.length);
        int copied = 0;
        while (tokens.next() != SqlTokens.Kind.END) {
            String replacement = null;
            boolean quotedId = tokens.kind() == SqlTokens.Kind.QUOTED_NAME
                    && tokens.word().substring(1).startsWith("query_id");
            if (tokens.isWord("QUERY_ID") || quotedId) {
                replacement = RunningQueries.ID_EXPRESSION;
            } else if (tokens.isKeyword("SYNC")) {
                replacement = "ASYNC";
            }
            if (replacement != null) {
                rewritten.append(latin, copied, tokens.start()).append(replacement);
                copied = tokens.end();
            }
        }
        return rewritten.append(latin, copied, latin.length()).toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
