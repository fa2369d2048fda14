package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One statement, without the semicolon behind it. @param tokens 1 or more @param body of what it is, or of what it explains */
record SqlText(String text, List<SqlToken> tokens, int body) {
    private static final Set<String> READING = Set.of("select", "values", "with");
    private static final Set<String> CHANGING_ROWS = Set.of("insert", "update", "delete", "replace", "with");

    private SqlText(String text, List<SqlToken> tokens) {
        this(text, List.copyOf(tokens), body(tokens));
    }

    /** The only statement of a text. */
    static SqlText one(String text) {
        var all = all(text);
        if (all.isEmpty()) {
            throw SqlErrors.refused(FailureCode.BAD_REQUEST, "NO_STATEMENT", "there is no statement");
        }
        if (all.size() > 1) {
            throw SqlErrors.refused(FailureCode.BAD_REQUEST, "MULTIPLE_STATEMENTS", "there is more than one statement");
        }
        return all.getFirst();
    }

    /** All statements of a text. */
    static List<SqlText> all(String text) {
        var all = new ArrayList<SqlText>();
        var end = new StatementEnd();
        var tokens = new ArrayList<SqlToken>();
        for (var token : SqlScanner.tokens(text)) {
            if (end.after(token)) {
                add(text, tokens, token.from(), all);
                tokens = new ArrayList<>();
            } else {
                tokens.add(token);
            }
        }
        add(text, tokens, text.length(), all);
        return all;
    }

    /** Whether the end of a text is that of a statement. */
    static boolean whole(String text) {
        var end = new StatementEnd();
        var ended = true;
        for (var token : SqlScanner.tokens(text)) {
            ended = end.after(token);
        }
        return ended;
    }

    private static void add(String text, List<SqlToken> tokens, int to, List<SqlText> all) {
        if (!tokens.isEmpty()) {
            all.add(new SqlText(text.substring(tokens.getFirst().from(), to), tokens));
        }
    }

    /** What is to be compiled to see what it does; that of an EXPLAIN is what it explains. */
    String judged() {
        return body == 0
                ? text
                : text.substring(tokens.get(body).from() - tokens.getFirst().from());
    }

    boolean explains() {
        return body > 0;
    }

    /** The first word of what it is, in lower case. */
    String verb() {
        return body < tokens.size() ? tokens.get(body).name() : "";
    }

    /** The tokens behind the verb. */
    List<SqlToken> rest() {
        return body < tokens.size() ? tokens.subList(body + 1, tokens.size()) : List.of();
    }

    boolean pragma() {
        return body < tokens.size() && tokens.get(body).word("pragma");
    }

    /** Whether it looks as if it only read; whether it does is seen when it is compiled. */
    boolean looksReading() {
        return explains() || pragma() && !optimizes() || READING.contains(verb());
    }

    /** Whether its changes are counted by rows. */
    boolean changesRows() {
        return CHANGING_ROWS.contains(verb());
    }

    private boolean optimizes() {
        return rest().stream().anyMatch(token -> token.word("optimize"));
    }

    private static int body(List<SqlToken> tokens) {
        if (!tokens.getFirst().word("explain")) {
            return 0;
        }
        var plan = tokens.size() > 2
                && tokens.get(1).word("query")
                && tokens.get(2).word("plan");
        var body = plan ? 3 : 1;
        if (body == tokens.size()) {
            throw SqlErrors.refused(FailureCode.BAD_REQUEST, "NO_STATEMENT", "there is nothing to explain");
        }
        return body;
    }
}
