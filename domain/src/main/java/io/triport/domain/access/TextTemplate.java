package io.triport.domain.access;

import io.triport.domain.identity.Claims;
import io.triport.domain.identity.Glob;
import io.triport.domain.request.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A text with places for claims, such as {@code team-{group}}. What a claim says goes in as it is, and no sign in it means anything. */
public record TextTemplate(List<Part> parts) {
    /** A piece of a template. */
    public sealed interface Part {}

    /** Text as a person wrote it. */
    public record Written(String text) implements Part {}

    /** The value of a claim. */
    public record Claim(String name) implements Part {}

    public TextTemplate {
        parts = List.copyOf(parts);
    }

    /** @throws InvalidInput for a brace without its other one, and for a place without a name */
    public static TextTemplate parse(String text) {
        var parts = new ArrayList<Part>();
        var from = 0;
        while (from < text.length()) {
            var open = text.indexOf('{', from);
            var written = open < 0 ? text.substring(from) : text.substring(from, open);
            if (written.indexOf('}') >= 0) {
                throw refusal();
            }
            if (!written.isEmpty()) {
                parts.add(new Written(written));
            }
            if (open < 0) {
                break;
            }
            var close = text.indexOf('}', open);
            var name = close < 0 ? "" : text.substring(open + 1, close);
            if (name.isEmpty() || name.indexOf('{') >= 0) {
                throw refusal();
            }
            parts.add(new Claim(name));
            from = close + 1;
        }
        return new TextTemplate(parts);
    }

    /** The text; empty when a claim that it has a place for is missing, is empty, or is no text. */
    public Optional<String> text(Claims claims) {
        return fill(claims, written -> List.of(new Glob.Literal(written)))
                .map(filled -> filled.stream()
                        .map(part -> ((Glob.Literal) part).text())
                        .collect(java.util.stream.Collectors.joining()));
    }

    /** The text as a pattern, in which only what a person wrote has stars; empty as {@link #text} is, and when a claim has a slash. */
    public Optional<Glob> pattern(Claims claims) {
        var slash = parts.stream()
                .anyMatch(part -> part instanceof Claim(var name)
                        && claims.text(name)
                                .filter(text -> text.indexOf('/') >= 0)
                                .isPresent());
        return slash
                ? Optional.empty()
                : fill(claims, written -> Glob.parse(written).parts()).map(Glob::new);
    }

    private Optional<List<Glob.Part>> fill(Claims claims, Function<String, List<Glob.Part>> reading) {
        var filled = new ArrayList<Glob.Part>();
        for (var part : parts) {
            switch (part) {
                case Written(var text) -> filled.addAll(reading.apply(text));
                case Claim(var name) -> {
                    var value = claims.text(name).filter(text -> !text.isEmpty());
                    if (value.isEmpty()) {
                        return Optional.empty();
                    }
                    filled.add(new Glob.Literal(value.get()));
                }
            }
        }
        return Optional.of(filled);
    }

    private static InvalidInput refusal() {
        return new InvalidInput("template", "text with places such as {sub}");
    }
}
