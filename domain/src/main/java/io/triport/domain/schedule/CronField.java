package io.triport.domain.schedule;

import io.triport.domain.request.InvalidInput;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The fields of a {@link Cron}, as far as they are lists of numbers. */
enum CronField {
    MINUTE("minute", 0, 59, List.of()),
    HOUR("hour", 0, 23, List.of()),
    DAY_OF_MONTH("day of the month", 1, 31, List.of()),
    MONTH("month", 1, 12, List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
    DAY_OF_WEEK("day of the week", 1, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,2}");

    private final String title;
    private final int least;
    private final int most;
    private final List<String> names;

    CronField(String title, int least, int most, List<String> names) {
        this.title = title;
        this.least = least;
        this.most = most;
        this.names = names;
    }

    /** The values that a list names. @throws InvalidInput for what is no such list */
    NavigableSet<Integer> parse(String list) {
        var values = new TreeSet<Integer>();
        for (var part : list.split(",", -1)) {
            add(part, values);
        }
        return values;
    }

    /** One value, by its number or name. @throws InvalidInput for what is none */
    int value(String text) {
        var named = names.indexOf(text.toUpperCase(Locale.ROOT));
        if (named >= 0) {
            return named + 1;
        }
        return number(text, least, most);
    }

    InvalidInput malformed() {
        return new InvalidInput(
                "cron", "a " + title + ": * or a list of " + least + ".." + most + ", ranges a-b and steps /n");
    }

    private void add(String part, NavigableSet<Integer> values) {
        var slash = part.indexOf('/');
        var range = slash < 0 ? part : part.substring(0, slash);
        var step = slash < 0 ? 1 : number(part.substring(slash + 1), 1, most);
        var dash = range.indexOf('-');
        int from;
        int to;
        if (range.equals("*")) {
            from = least;
            to = most;
        } else if (dash >= 0) {
            from = value(range.substring(0, dash));
            to = value(range.substring(dash + 1));
        } else {
            from = value(range);
            to = slash < 0 ? from : most;
        }
        if (from > to) {
            throw malformed();
        }
        for (var value = from; value <= to; value += step) {
            values.add(value);
        }
    }

    private int number(String text, int from, int to) {
        if (!NUMBER.matcher(text).matches()) {
            throw malformed();
        }
        var number = Integer.parseInt(text);
        if (number < from || number > to) {
            throw malformed();
        }
        return number;
    }
}
