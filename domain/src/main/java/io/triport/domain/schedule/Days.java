package io.triport.domain.schedule;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which days a {@link Cron} means: those that any of the rules includes.
 *
 * @param rules none for every day
 */
record Days(List<DayRule> rules) {
    private static final String EVERY = "*";
    private static final Pattern BEFORE_LAST = Pattern.compile("L-([0-9]{1,2})");
    private static final Pattern NEAREST = Pattern.compile("([0-9]{1,2})W");
    private static final Pattern LAST_OF = Pattern.compile("([0-9A-Z]{1,3})L");
    private static final Pattern NTH_OF = Pattern.compile("([0-9A-Z]{1,3})#([1-5])");
    private static final int MOST_BEFORE_LAST = 30;

    Days {
        rules = List.copyOf(rules);
    }

    static Days parse(String ofMonth, String ofWeek) {
        var rules = new ArrayList<DayRule>();
        if (!ofMonth.equals(EVERY)) {
            parts(ofMonth).forEach(part -> rules.add(ofMonth(part)));
        }
        if (!ofWeek.equals(EVERY)) {
            parts(ofWeek).forEach(part -> rules.add(ofWeek(part)));
        }
        return new Days(rules);
    }

    boolean include(LocalDate day) {
        return rules.isEmpty() || rules.stream().anyMatch(rule -> rule.includes(day));
    }

    private static List<String> parts(String list) {
        return List.of(list.toUpperCase(Locale.ROOT).split(",", -1));
    }

    private static DayRule ofMonth(String part) {
        var before = BEFORE_LAST.matcher(part);
        var nearest = NEAREST.matcher(part);
        if (part.equals("L")) {
            return new DayRule.BeforeLast(0);
        }
        if (part.equals("LW")) {
            return new DayRule.LastWeekday();
        }
        if (before.matches()) {
            var days = Integer.parseInt(before.group(1));
            if (days < 1 || days > MOST_BEFORE_LAST) {
                throw CronField.DAY_OF_MONTH.malformed();
            }
            return new DayRule.BeforeLast(days);
        }
        return nearest.matches()
                ? new DayRule.NearestWeekday(CronField.DAY_OF_MONTH.value(nearest.group(1)))
                : new DayRule.OfMonth(CronField.DAY_OF_MONTH.parse(part));
    }

    private static DayRule ofWeek(String part) {
        var last = LAST_OF.matcher(part);
        var nth = NTH_OF.matcher(part);
        if (part.equals("L")) {
            return new DayRule.OfWeek(CronField.DAY_OF_WEEK.parse("7"));
        }
        if (last.matches()) {
            return new DayRule.LastOf(weekday(last));
        }
        return nth.matches()
                ? new DayRule.NthOf(weekday(nth), Integer.parseInt(nth.group(2)))
                : new DayRule.OfWeek(CronField.DAY_OF_WEEK.parse(part));
    }

    private static int weekday(Matcher matched) {
        return CronField.DAY_OF_WEEK.value(matched.group(1));
    }
}
