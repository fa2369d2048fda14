package io.triport.storage.sqlpostgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.storage.sqlpostgresql.Words.Kind;
import io.triport.storage.sqlpostgresql.Words.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One statement, without the semicolon behind it.
 *
 * @param sent to the driver, in whose words every parameter is a question mark
 * @param places which of the caller's values, from 1, belongs to each of them
 * @param verb its first word, in lower case; empty where it begins with none
 * @param does the word that says what it does where the first is WITH, else the same
 */
record Text(String sent, List<Integer> places, String verb, String does) {
    /** None of these can be told from rights: whoever may use a transaction may end it. */
    private static final Set<String> OF_TRANSACTIONS =
            Set.of("begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release");

    private static final Set<String> READING = Set.of("select", "values", "table", "show", "explain");
    private static final Set<String> CHANGING_ROWS = Set.of("insert", "update", "delete", "merge");
    private static final Set<String> BEHIND_WITH = Set.of("select", "values", "insert", "update", "delete", "merge");

    /** The only statement of a text. */
    static Text one(String text) {
        var all = all(text);
        if (all.isEmpty()) {
            throw Refusals.refused(FailureCode.BAD_REQUEST, "NO_STATEMENT", "there is no statement");
        }
        if (all.size() > 1) {
            throw Refusals.refused(FailureCode.BAD_REQUEST, "MULTIPLE_STATEMENTS", "there is more than one statement");
        }
        return all.getFirst();
    }

    /** All statements of a text. */
    static List<Text> all(String text) {
        var all = new ArrayList<Text>();
        var words = new ArrayList<Word>();
        var depth = 0;
        for (var word : Words.of(text)) {
            depth += word.sign("(") ? 1 : word.sign(")") ? -1 : 0;
            if (word.kind() == Kind.SEMICOLON && depth <= 0) {
                add(text, words, all);
                words = new ArrayList<>();
                depth = 0;
            } else {
                words.add(word);
            }
        }
        add(text, words, all);
        return all;
    }

    /** @throws io.triport.domain.failure.StorageFailure.Rejected for one that would begin or end a transaction, or copy rows */
    void requireAllowed() {
        if (OF_TRANSACTIONS.contains(verb) || verb.equals("prepare") && does.equals("transaction")) {
            throw Refusals.refused(
                    FailureCode.BAD_REQUEST, Refusals.REFUSED, "not authorized: a transaction of one's own");
        }
        if (verb.equals("copy")) {
            // Files are for superusers, and there is no other way in or out.
            throw Refusals.refused(FailureCode.BAD_REQUEST, Refusals.REFUSED, "not authorized: COPY");
        }
    }

    /** How many values it takes. */
    int parameters() {
        return places.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Whether it looks as if it only read; whether it does is seen when it runs. */
    boolean looksReading() {
        return READING.contains(does);
    }

    /** Whether its changes are counted by rows. */
    boolean changesRows() {
        return CHANGING_ROWS.contains(does);
    }

    private static void add(String text, List<Word> words, List<Text> all) {
        if (words.isEmpty()) {
            return;
        }
        var sent = new StringBuilder();
        var places = new ArrayList<Integer>();
        var most = 0;
        var from = words.getFirst().from();
        for (var word : words) {
            if (word.kind() == Kind.PARAMETER) {
                var place = word.text().equals("?") ? most + 1 : word.number();
                requirePlace(place);
                most = Math.max(most, place);
                places.add(place);
                // With spaces, for two question marks side by side would be an operator.
                sent.append(text, from, word.from()).append(" ? ");
                from = word.to();
            }
        }
        sent.append(text, from, words.getLast().to());
        var verb = verb(words);
        all.add(new Text(sent.toString(), List.copyOf(places), verb, does(verb, words)));
    }

    private static void requirePlace(int place) {
        if (place < 1) {
            throw Refusals.refused(FailureCode.BAD_REQUEST, "PARAMETER", "a parameter is ?, or ?1 and so on");
        }
    }

    private static String verb(List<Word> words) {
        return words.stream()
                .filter(word -> !word.sign("("))
                .findFirst()
                .filter(word -> word.kind() == Kind.PLAIN)
                .map(Text::lower)
                .orElse("");
    }

    private static String does(String verb, List<Word> words) {
        if (verb.equals("prepare")) {
            return words.size() > 1 ? lower(words.get(1)) : "";
        }
        if (!verb.equals("with")) {
            return verb;
        }
        var depth = 0;
        for (var word : words) {
            depth += word.sign("(") ? 1 : word.sign(")") ? -1 : 0;
            if (depth == 0 && word.kind() == Kind.PLAIN && BEHIND_WITH.contains(lower(word))) {
                return lower(word);
            }
        }
        return verb;
    }

    private static String lower(Word word) {
        return word.text().toLowerCase(Locale.ROOT);
    }
}
