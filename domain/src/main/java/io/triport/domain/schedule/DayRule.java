package io.triport.domain.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Set;

/** Some days of each month. Weekdays are numbered from 1, Sunday, to 7, Saturday. */
sealed interface DayRule {
    int WEEK = 7;

    boolean includes(LocalDate day);

    record OfMonth(Set<Integer> days) implements DayRule {
        public OfMonth {
            days = Set.copyOf(days);
        }

        @Override
        public boolean includes(LocalDate day) {
            return days.contains(day.getDayOfMonth());
        }
    }

    /** So many days before the last of the month. */
    record BeforeLast(int days) implements DayRule {
        @Override
        public boolean includes(LocalDate day) {
            return day.getDayOfMonth() == day.lengthOfMonth() - days;
        }
    }

    record LastWeekday() implements DayRule {
        @Override
        public boolean includes(LocalDate day) {
            return new NearestWeekday(day.lengthOfMonth()).includes(day);
        }
    }

    /** The day itself when it is no weekend, else the nearest in its month that is none. */
    record NearestWeekday(int wanted) implements DayRule {
        @Override
        public boolean includes(LocalDate day) {
            if (wanted > day.lengthOfMonth()) {
                return false;
            }
            var target = day.withDayOfMonth(wanted);
            return day.getDayOfMonth() == wanted + shift(target.getDayOfWeek(), day.lengthOfMonth());
        }

        private int shift(DayOfWeek weekday, int lastOfMonth) {
            return switch (weekday) {
                case SATURDAY -> wanted == 1 ? 2 : -1;
                case SUNDAY -> wanted == lastOfMonth ? -2 : 1;
                case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> 0;
            };
        }
    }

    record OfWeek(Set<Integer> weekdays) implements DayRule {
        public OfWeek {
            weekdays = Set.copyOf(weekdays);
        }

        @Override
        public boolean includes(LocalDate day) {
            return weekdays.contains(number(day));
        }
    }

    record LastOf(int weekday) implements DayRule {
        @Override
        public boolean includes(LocalDate day) {
            return number(day) == weekday && day.getDayOfMonth() + WEEK > day.lengthOfMonth();
        }
    }

    /** The first to the fifth of a weekday in its month. */
    record NthOf(int weekday, int nth) implements DayRule {
        @Override
        public boolean includes(LocalDate day) {
            return number(day) == weekday && (day.getDayOfMonth() - 1) / WEEK == nth - 1;
        }
    }

    private static int number(LocalDate day) {
        return day.getDayOfWeek().getValue() % WEEK + 1;
    }
}
