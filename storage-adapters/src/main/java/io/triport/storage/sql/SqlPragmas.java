package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.util.List;
import java.util.Set;

/** Which PRAGMA statements may run (storage contract, section 3.4). */
final class SqlPragmas {
    private static final Set<String> ALLOWED = Set.of(
            "table_info",
            "table_list",
            "table_xinfo",
            "index_list",
            "index_info",
            "index_xinfo",
            "foreign_key_list",
            "foreign_key_check",
            "foreign_keys",
            "defer_foreign_keys",
            "quick_check",
            "optimize");

    /** Their value may be asked for, and not be set. */
    private static final Set<String> ONLY_READ = Set.of("foreign_keys");

    private static final String TABLE = "pragma_";

    private SqlPragmas() {}

    /** By its words, before it is compiled: some take effect as soon as that is done, even behind an EXPLAIN. */
    static void require(SqlText statement) {
        var rest = statement.rest();
        var qualified = rest.size() > 2 && rest.get(1).sign(".");
        var named = qualified ? 2 : 0;
        var name = rest.size() > named ? rest.get(named).name() : "";
        if (!ALLOWED.contains(name) || ONLY_READ.contains(name) && rest.size() > named + 1) {
            throw refused(name);
        }
    }

    /** Of each PRAGMA that has rows SQLite makes a table, which could be read instead. */
    static void requireNoTables(List<SqlToken> tokens) {
        for (var token : tokens) {
            if (token.kind() != SqlToken.Kind.STRING) {
                requireNoTable(token);
            }
        }
    }

    /** The same for texts in quotes, where SQLite may have taken one for the name of a table. */
    static void requireNoQuotedTables(List<SqlToken> tokens) {
        tokens.forEach(SqlPragmas::requireNoTable);
    }

    private static void requireNoTable(SqlToken token) {
        var name = token.name();
        if (name.startsWith(TABLE) && !ALLOWED.contains(name.substring(TABLE.length()))) {
            throw refused(name);
        }
    }

    private static StorageFailure refused(String name) {
        return SqlErrors.refused(FailureCode.BAD_REQUEST, "STATEMENT_REFUSED", "not authorized: PRAGMA " + name);
    }
}
