package io.triport.identity.federation;

import io.triport.domain.request.InvalidInput;
import java.util.ArrayList;
import java.util.List;

/**
 * Which subjects of an issuer are meant. A star stands for any characters within one segment; segments end at colons and
 * slashes, which only stand for themselves. So {@code repo:acme/*:ref:refs/heads/main} means every repository of acme, and no
 * other owner's that knows how to write a colon into a name.
 *
 * @param text 1 to 255 characters, with something other than stars and separators: a pattern that everybody fits trusts
 *     everybody who can get any token of the issuer
 */
public record SubjectPattern(String text) {
    private static final int MOST = 255;

    public SubjectPattern {
        if (text.isEmpty()
                || text.length() > MOST
                || text.chars().anyMatch(Character::isISOControl)
                || text.chars().allMatch(c -> c == '*' || separates((char) c))) {
            throw new InvalidInput("subject", "a subject, or a pattern that not every subject fits");
        }
    }

    public boolean matches(String subject) {
        var wanted = segments(text);
        var found = segments(subject);
        if (wanted.size() != found.size()) {
            return false;
        }
        for (var i = 0; i < wanted.size(); i++) {
            if (!fits(wanted.get(i), found.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** With their separators as segments of their own, so that a colon never fits a slash. */
    private static List<String> segments(String text) {
        var segments = new ArrayList<String>();
        var start = 0;
        for (var at = 0; at < text.length(); at++) {
            if (separates(text.charAt(at))) {
                segments.add(text.substring(start, at));
                segments.add(text.substring(at, at + 1));
                start = at + 1;
            }
        }
        segments.add(text.substring(start));
        return segments;
    }

    /** Each star takes as little as it can; the last one seen is where to try again. */
    private static boolean fits(String pattern, String segment) {
        var p = 0;
        var s = 0;
        var star = -1;
        var resume = 0;
        while (s < segment.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = s;
            } else if (p < pattern.length() && pattern.charAt(p) == segment.charAt(s)) {
                p++;
                s++;
            } else if (star >= 0) {
                p = star + 1;
                s = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean separates(char c) {
        return c == ':' || c == '/';
    }
}
