package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/** Judges a statement by what it compiles to on a connection, its views and triggers included. */
final class SqlJudge {
    /*
     * SQLite would call an authorizer for every thing that a statement touches while it is compiled, but the driver has no way to it.
     * EXPLAIN lists the opcodes of the same program, with those of triggers behind it, so they say the same: which databases it
     * writes, which functions it calls, whether it begins or ends a transaction. Only the name of a table that SQLite makes of a PRAGMA
     * cannot be seen there, which is looked for among the words.
     *
     * It is compiled here and once more to be run, on one connection and in one transaction, so nobody can change the schema between.
     */
    private static final Map<String, String> REFUSED = Map.of(
            "AutoCommit", "a transaction of one's own",
            "Savepoint", "a savepoint",
            "Vacuum", "VACUUM",
            "Checkpoint", "a checkpoint");

    private static final Map<String, String> REFUSED_CALLS = Map.of(
            "sqlite_attach(", "ATTACH",
            "sqlite_detach(", "DETACH",
            "load_extension(", "load_extension");

    private static final Set<String> CALLS = Set.of("Function", "PureFunc");
    private static final int TEMPORARY = 1;
    private static final int OPCODE = 2;
    private static final int P1 = 3;
    private static final int P2 = 4;
    private static final int P3 = 5;
    private static final int P4 = 6;
    /** Which asks for it; a statement that finds nothing to do has it too, so as not to look as if it only read. */
    private static final int ASK = -1;

    private SqlJudge() {}

    /** What a statement does. */
    enum Verdict {
        READS,
        WRITES
    }

    /**
     * @throws io.triport.domain.failure.StorageFailure.Rejected when it must not run, or cannot be compiled; its words were looked at
     *     before, so nothing happens here
     */
    static Verdict judge(SqlText statement, Connection connection) throws SQLException {
        if (statement.pragma()) {
            SqlPragmas.require(statement);
        }
        SqlPragmas.requireNoTables(statement.tokens());
        if (statement.verb().equals("create")) {
            SqlPragmas.requireNoQuotedTables(statement.tokens());
        }
        var writes = false;
        try (var listing = connection.prepareStatement("EXPLAIN " + statement.judged());
                var program = listing.executeQuery()) {
            while (program.next()) {
                writes |= writes(program, statement);
            }
        }
        return writes && !statement.explains() ? Verdict.WRITES : Verdict.READS;
    }

    private static boolean writes(ResultSet program, SqlText statement) throws SQLException {
        var opcode = program.getString(OPCODE);
        var refused = REFUSED.get(opcode);
        if (refused != null) {
            throw refused(refused);
        }
        if (opcode.equals("JournalMode") && program.getInt(P3) != ASK) {
            throw refused("the journal mode");
        }
        if (CALLS.contains(opcode)) {
            requireCall(String.valueOf(program.getString(P4)));
        }
        if (opcode.equals("VOpen")) {
            SqlPragmas.requireNoQuotedTables(statement.tokens());
        }
        if (opcode.equals("SetCookie") && program.getInt(P1) == TEMPORARY) {
            // Its schema changes: what was made would stay with the connection, and be seen by the next caller who gets
            // it. That a
            // transaction writes there says nothing, since every renaming looks there for what has the old name.
            throw refused("temporary tables, views and triggers");
        }
        return opcode.equals("Transaction") && program.getInt(P2) != 0;
    }

    private static void requireCall(String function) {
        REFUSED_CALLS.forEach((name, what) -> {
            if (function.startsWith(name)) {
                throw refused(what);
            }
        });
    }

    private static RuntimeException refused(String what) {
        return SqlErrors.refused(FailureCode.BAD_REQUEST, "STATEMENT_REFUSED", "not authorized: " + what);
    }
}
