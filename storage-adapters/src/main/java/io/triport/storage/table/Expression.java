package io.triport.storage.table;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.triport.domain.request.InvalidInput;
import java.util.function.Predicate;

/** A regular expression whose cost is linear in the text in which it is looked for. */
public record Expression(Pattern pattern) implements Predicate<String> {
    /** @throws InvalidInput for a text that is none of RE2 */
    public static Expression parse(String text) {
        try {
            return new Expression(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw new InvalidInput("query", "a regular expression of RE2");
        }
    }

    @Override
    public boolean test(String text) {
        return pattern.matcher(text).find();
    }
}
