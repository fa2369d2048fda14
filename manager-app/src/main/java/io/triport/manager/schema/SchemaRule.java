package io.triport.manager.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.harrel.jsonschema.Evaluator;
import dev.harrel.jsonschema.EvaluatorFactory;
import dev.harrel.jsonschema.JsonSchemaException;
import dev.harrel.jsonschema.SchemaResolver;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.TextMatch;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Refused;
import java.net.URI;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What values under names of a pattern must look like. Safe for many threads: one looks at a time. */
final class SchemaRule {
    /*
     * Patterns of a schema meet values that others write, so they are those of RE2, whose cost is linear. The keyword that chooses
     * members by patterns would bring those of Java, so a schema with it is refused. A schema can name only itself and the drafts
     * that come with the library: nothing is fetched. One that names itself without getting anywhere has no end, which is found out
     * when it is made, or is as good as broken.
     */
    private static final EvaluatorFactory OWN = (context, keyword, node) -> switch (keyword) {
        case "pattern" -> node.isString() ? Optional.of(pattern(node.asString())) : Optional.empty();
        case "patternProperties" -> throw new PatternSyntaxException("refused", keyword);
        default -> Optional.empty();
    };

    private final String pattern;
    private final Predicate<String> names;
    private final Validator validator;
    private final URI schema;

    private SchemaRule(String pattern, Predicate<String> names, Validator validator, URI schema) {
        this.pattern = pattern;
        this.names = names;
        this.validator = validator;
        this.schema = schema;
    }

    /** @throws Refused INVALID_ARGUMENT where it is no rule */
    static SchemaRule read(Fields fields) {
        var pattern = fields.required("pattern");
        var schema = fields.any("schema")
                .filter(node -> node.isObject() || node.isBoolean())
                .orElseThrow(() -> Fields.invalid("schema", "a JSON Schema"));
        var names = new TextMatch(TextMatch.Kind.GLOB, pattern, Set.of(TextMatch.Place.NAME))
                .finder(expression -> text -> false);
        var validator = new ValidatorFactory()
                .withEvaluatorFactory(OWN)
                .withSchemaResolver(uri -> SchemaResolver.Result.empty())
                .withJsonNodeFactory(new JacksonNode.Factory())
                .createValidator();
        try {
            var rule = new SchemaRule(pattern, names, validator, validator.registerSchema((Object) schema));
            rule.look(Json.object());
            return rule;
        } catch (JsonSchemaException e) {
            throw Fields.invalid("schema of " + pattern, "a JSON Schema that names nothing outside of itself");
        } catch (PatternSyntaxException e) {
            throw Fields.invalid(
                    "schema of " + pattern, "a JSON Schema with expressions of RE2 and without patternProperties");
        } catch (StackOverflowError e) {
            throw Fields.invalid("schema of " + pattern, "a JSON Schema that comes to an end");
        }
    }

    Optional<Violation> violated(KvKey key, Bytes value) {
        if (!names.test(key.text())) {
            return Optional.empty();
        }
        JsonNode json;
        try {
            json = Json.parse(value);
        } catch (Refused e) {
            return Optional.of(new Violation(key.text(), pattern, "", "is not JSON"));
        }
        try {
            return look(json).map(error -> new Violation(key.text(), pattern, error.pointer(), error.reason()));
        } catch (JsonSchemaException | StackOverflowError e) {
            return Optional.of(new Violation(key.text(), pattern, "", "cannot be held against the schema"));
        }
    }

    private record Wrong(String pointer, String reason) {}

    /** What is wrong deepest within the value, which says most. */
    private synchronized Optional<Wrong> look(JsonNode json) {
        var result = validator.validate(schema, (Object) json);
        if (result.isValid()) {
            return Optional.empty();
        }
        return Optional.of(result.getErrors().stream()
                .filter(error -> error.getError() != null)
                .map(error -> new Wrong(error.getInstanceLocation(), error.getError()))
                .max(Comparator.comparingLong(
                        error -> error.pointer().chars().filter(at -> at == '/').count()))
                .orElse(new Wrong("", "is not allowed")));
    }

    private static Evaluator pattern(String expression) {
        var compiled = Pattern.compile(expression);
        return (context, node) ->
                !node.isString() || compiled.matcher(node.asString()).find()
                        ? Evaluator.Result.success()
                        : Evaluator.Result.failure("does not match the pattern " + expression);
    }
}
