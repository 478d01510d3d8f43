package io.ag06.local.clickhouse;

import java.util.function.Supplier;

/**
 * One query about to run.
 *
 * @param body here to its end
 * @param connection for this query alone
 * @param release to be closed when the connection is done with, before the last byte of the answer
 * @param watch starts to look out for the client's leaving, which ends the query
 */
record QueryTurn(
        QueryRequest request,
        Spool body,
        EngineConnection connection,
        Answer answer,
        Release release,
        Supplier<ClientWatch> watch) {}
