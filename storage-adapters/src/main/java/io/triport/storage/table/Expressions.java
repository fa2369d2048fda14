package io.triport.storage.table;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.triport.domain.request.InvalidInput;
import java.util.function.Predicate;

/** Regular expressions whose cost is linear in the text. */
public final class Expressions {
    private Expressions() {}

    /** Finds the expression somewhere in a text. @throws InvalidInput when it is none */
    public static Predicate<String> compile(String expression) {
        try {
            var pattern = Pattern.compile(expression);
            return text -> pattern.matcher(text).find();
        } catch (PatternSyntaxException e) {
            throw new InvalidInput("query", "a regular expression of RE2");
        }
    }
}
