package io.triport.domain.table;

import java.util.function.Predicate;

/** A pattern over whole texts: {@code *} is any characters, {@code ?} is one. At most as many steps as both lengths multiplied. */
final class Wildcards implements Predicate<String> {
    private final int[] pattern;

    Wildcards(String pattern) {
        this.pattern = pattern.codePoints().toArray();
    }

    @Override
    public boolean test(String whole) {
        var text = whole.codePoints().toArray();
        var at = 0;
        var next = 0;
        // Where to go on when the characters behind the last star turn out to be elsewhere.
        var star = -1;
        var starAt = 0;
        while (at < text.length) {
            if (next < pattern.length && pattern[next] == '*') {
                star = next;
                starAt = at;
                next++;
            } else if (next < pattern.length && (pattern[next] == '?' || pattern[next] == text[at])) {
                next++;
                at++;
            } else if (star >= 0) {
                starAt++;
                at = starAt;
                next = star + 1;
            } else {
                return false;
            }
        }
        while (next < pattern.length && pattern[next] == '*') {
            next++;
        }
        return next == pattern.length;
    }
}
