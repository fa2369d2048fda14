package io.triport.manager.search;

import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.table.FieldMatch;
import io.triport.domain.table.KeyFilter;
import io.triport.domain.table.KeySearch;
import io.triport.domain.table.KeyTag;
import io.triport.domain.table.TagMatch;
import io.triport.domain.table.TextMatch;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Problem;
import io.triport.manager.route.Query;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a search asks for, as its parameters say it. */
record SearchQuery(KeyPrefix prefix, KeyFilter filter, KeySearch.Order order) {
    private static final String META = "meta.";

    static SearchQuery of(Query query) {
        return new SearchQuery(
                KeyPrefix.of(query.text("prefix").orElse("")),
                filter(query, text(query, places(query)).stream().toList()),
                order(query));
    }

    /** What the parameters say of keys beside the text. */
    static KeyFilter filter(Query query) {
        return filter(query, List.of());
    }

    private static KeyFilter filter(Query query, List<TextMatch> texts) {
        return new KeyFilter(
                texts,
                tags(query),
                fields(query),
                sizes(query),
                new KeyFilter.Span(
                        moment(query, "created_after", Instant.MIN), moment(query, "created_before", Instant.MAX)),
                new KeyFilter.Span(
                        moment(query, "updated_after", Instant.MIN), moment(query, "updated_before", Instant.MAX)),
                new KeyFilter.Span(
                        moment(query, "expires_after", Instant.MIN), moment(query, "expires_before", Instant.MAX)),
                lifetime(query));
    }

    /** Empty where no text is asked for. */
    static Optional<TextMatch> text(Query query, Set<TextMatch.Place> places) {
        var text = query.text("query").filter(value -> !value.isEmpty());
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var kind = switch (query.text("match").orElse("substring")) {
            case "substring" -> TextMatch.Kind.SUBSTRING;
            case "prefix" -> TextMatch.Kind.PREFIX;
            case "glob" -> TextMatch.Kind.GLOB;
            case "regex" -> TextMatch.Kind.REGEX;
            default -> throw Fields.invalid("match", "substring, prefix, glob or regex");
        };
        return Optional.of(new TextMatch(kind, text.get(), places));
    }

    private static Set<TextMatch.Place> places(Query query) {
        var places = EnumSet.noneOf(TextMatch.Place.class);
        for (var name : query.text("in").orElse("name").split(",", -1)) {
            places.add(
                    switch (name) {
                        case "name" -> TextMatch.Place.NAME;
                        case "tags" -> TextMatch.Place.TAGS;
                        case "metadata" -> TextMatch.Place.METADATA;
                        case "value" ->
                            throw Problem.INVALID_ARGUMENT.refused("Values are searched by a job: POST /api/search");
                        default -> throw Fields.invalid("in", "name, tags and metadata with commas between");
                    });
        }
        return places;
    }

    private static TagMatch tags(Query query) {
        var text = query.text("tags").orElse("");
        if (text.isEmpty()) {
            return TagMatch.EVERY;
        }
        var mode = switch (query.text("tags_mode").orElse("any")) {
            case "any" -> TagMatch.Mode.ANY;
            case "all" -> TagMatch.Mode.ALL;
            case "none" -> TagMatch.Mode.NONE;
            default -> throw Fields.invalid("tags_mode", "any, all or none");
        };
        var tags = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .map(KeyTag::new)
                .collect(Collectors.toUnmodifiableSet());
        return new TagMatch(mode, tags);
    }

    private static List<FieldMatch> fields(Query query) {
        var matches = new ArrayList<FieldMatch>();
        query.parameters().forEach((name, value) -> {
            if (name.startsWith(META)) {
                matches.add(new FieldMatch(List.of(name.substring(META.length()).split("\\.", -1)), value));
            }
        });
        return matches;
    }

    private static KeyFilter.Sizes sizes(Query query) {
        return new KeyFilter.Sizes(
                query.number("size_min", 0, 999_999_999, 0),
                query.text("size_max").isPresent() ? query.number("size_max", 0, 999_999_999, 0) : Long.MAX_VALUE);
    }

    private static KeyFilter.Lifetime lifetime(Query query) {
        return switch (query.text("has_ttl").orElse("")) {
            case "" -> KeyFilter.Lifetime.ANY;
            case "true" -> KeyFilter.Lifetime.EXPIRING;
            case "false" -> KeyFilter.Lifetime.LASTING;
            default -> throw Fields.invalid("has_ttl", "true or false");
        };
    }

    private static Instant moment(Query query, String name, Instant fallback) {
        try {
            return query.text(name)
                    .filter(text -> !text.isEmpty())
                    .map(Instant::parse)
                    .orElse(fallback);
        } catch (DateTimeException e) {
            throw Fields.invalid(name, "a time such as 2027-12-31T00:00:00Z");
        }
    }

    private static KeySearch.Order order(Query query) {
        return switch (query.text("sort").orElse("newest").toLowerCase(Locale.ROOT)) {
            case "newest" -> KeySearch.Order.NEWEST_FIRST;
            case "oldest" -> KeySearch.Order.OLDEST_FIRST;
            case "name" -> KeySearch.Order.NAME;
            case "-name" -> KeySearch.Order.NAME_DESCENDING;
            case "largest" -> KeySearch.Order.LARGEST_FIRST;
            case "smallest" -> KeySearch.Order.SMALLEST_FIRST;
            case "expiring" -> KeySearch.Order.EXPIRING_FIRST;
            default -> throw Fields.invalid("sort", "newest, oldest, name, -name, largest, smallest or expiring");
        };
    }
}
