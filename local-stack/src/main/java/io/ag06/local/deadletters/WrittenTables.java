package io.ag06.local.deadletters;

import io.ag06.schemas.Topics;
import io.ag06.sql.Partials;
import io.ag06.sql.Table;
import io.ag06.sql.Tables;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The tables that jobs write to, by name. */
final class WrittenTables {
    private static final Map<String, Table> BY_NAME = new LinkedHashMap<>();
    private static final Map<String, String> TOPICS = new LinkedHashMap<>();

    static {
        Topics.all().forEach(topic -> {
            Table table = Tables.factsOf(topic.name());
            BY_NAME.put(table.name(), table);
            TOPICS.put(table.name(), topic.name());
        });
        Tables.PARTIALS.stream().map(Partials::table).forEach(table -> BY_NAME.put(table.name(), table));
        Tables.VERSIONS.forEach(table -> BY_NAME.put(table.name(), table));
    }

    private WrittenTables() {}

    static Optional<Table> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The topic that all rows of the table come from; for a table whose rows say it themselves, see its columns. */
    static String topicOf(Table table) {
        return TOPICS.get(table.name());
    }
}
