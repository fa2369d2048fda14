package io.triport.identity.launch;

import io.triport.domain.identity.Secret;
import io.triport.domain.inference.ModelBackend;
import io.triport.domain.inference.ModelBinding;
import io.triport.domain.inference.ModelBindings;
import io.triport.domain.inference.ModelEntry.Recording;
import io.triport.domain.inference.ModelInfo;
import io.triport.domain.inference.ModelLimits;
import io.triport.domain.inference.ModelName;
import io.triport.domain.inference.Price;
import io.triport.domain.inference.Task;
import io.triport.domain.inference.TokenBudget;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The catalogue of models: what each is for, what answers for it, and how much a caller may use, for any app that has models. */
public final class ModelReader {
    private static final long MOST_TOKENS = 1_000_000_000_000L;
    private static final int MOST_OUTPUT = 1_000_000;
    private static final int USUAL_DIMENSIONS = 256;
    private static final ByteSize MOST_INPUT = ByteSize.ofMiB(32);
    private static final Value<BigDecimal> AMOUNT = new Value<>("a number of 0 or more", text -> {
        var amount = new BigDecimal(text);
        if (amount.signum() < 0) {
            throw new IllegalArgumentException(text);
        }
        return amount;
    });

    private ModelReader() {}

    /** What answers for a model, by its word in the file. */
    private enum Adapter {
        OPENAI,
        ONNX,
        HASH,
        ECHO
    }

    /** The settings of adapters, each of which is for one of them alone; null where it is left out. */
    private record Given(
            @Nullable URI base,
            @Nullable String path,
            @Nullable String model,
            @Nullable Secret key,
            @Nullable String directory,
            @Nullable Integer dimensions) {
        /** By the names of the settings that are there. */
        List<String> names() {
            var names = new ArrayList<String>();
            add(names, "base", base);
            add(names, "path", path);
            add(names, "model", model);
            add(names, "key", key);
            add(names, "directory", directory);
            add(names, "dimensions", dimensions);
            return names;
        }

        private static void add(List<String> names, String name, @Nullable Object value) {
            if (value != null) {
                names.add(name);
            }
        }
    }

    /** @param app the section of the app, in which the keys {@code models} and {@code model-budget} are */
    public static ModelBindings read(Section app) {
        var models = app.section("models");
        var bindings = models.each(section -> binding(models, section));
        var budget = app.section("model-budget");
        var tokens = Value.number(1, MOST_TOKENS);
        return new ModelBindings(
                bindings.values().stream().toList(),
                new TokenBudget(
                        budget.value("per-minute", tokens, "100000", "Tokens that a caller may use in any 60 s."),
                        budget.value("per-day", tokens, "2000000", "Tokens that a caller may use in any 24 h.")));
    }

    private static ModelBinding binding(Section all, Section section) {
        var task = section.optional("task", Value.oneOf(Task.values()), "What the model is for.")
                .orElseThrow(() -> section.error("task", "none", words(Task.values())));
        var limits = new ModelLimits(
                section.value(
                        "max-input",
                        Value.size(ByteSize.ofBytes(1), MOST_INPUT),
                        "100KiB",
                        "All texts of a call together."),
                section.value(
                        "batch", Value.integer(1, ModelLimits.MOST_BATCH), "100", "Texts or documents of a call."),
                section.value(
                        "max-tokens",
                        Value.integer(0, MOST_OUTPUT),
                        "1024",
                        "Tokens of an answer, which a call that names no number is charged for beforehand."));
        var price = new Price(
                section.value(
                        "price-input",
                        AMOUNT,
                        "0",
                        "Units for a million tokens that go in; shown to who asks which models there are."),
                section.value("price-output", AMOUNT, "0", "Units for a million tokens that come out."),
                section.value("price-unit", Value.TEXT, "", "What a unit is, such as USD."));
        var recorded = section.value(
                "record",
                Value.SWITCH,
                "false",
                "Whether what goes in and comes out is written to the log triport.inference.");
        return new ModelBinding(
                new ModelInfo(name(all, section), task, limits, price),
                backend(section),
                recorded ? Recording.INPUT_AND_OUTPUT : Recording.NEVER);
    }

    private static ModelName name(Section all, Section section) {
        try {
            return new ModelName(section.name());
        } catch (InvalidInput e) {
            throw all.error(section.name(), "not a name of a model", e.expectation());
        }
    }

    private static ModelBackend backend(Section section) {
        var adapter = section.optional("adapter", Value.oneOf(Adapter.values()), "What answers for the model.")
                .orElseThrow(() -> section.error("adapter", "none", words(Adapter.values())));
        var given = new Given(
                section.optional(
                                "base",
                                new Value<>("https://host[:port]/path", URI::create),
                                "Of openai: under which the paths of its API begin.")
                        .orElse(null),
                section.optional(
                                "path",
                                Value.matching("(/[a-zA-Z0-9._-]+)+", "a path"),
                                "Of openai: such as /chat/completions, /responses or /embeddings.")
                        .orElse(null),
                section.optional("model", Value.TEXT, "Of openai: the name there.")
                        .orElse(null),
                section.secret("key", "Of openai: the bearer token; none where nobody asks for one.")
                        .orElse(null),
                section.optional(
                                "directory",
                                Value.TEXT,
                                "Of onnx: where the model lies, relative to the data directory of the app.")
                        .orElse(null),
                section.optional(
                                "dimensions",
                                Value.integer(1, 4096),
                                "Of hash: numbers of a vector, 256 where it is left out.")
                        .orElse(null));
        return switch (adapter) {
            case OPENAI -> {
                requireOnly(section, given, List.of("base", "key", "model", "path"));
                yield server(section, given);
            }
            case ONNX -> {
                requireOnly(section, given, List.of("directory"));
                yield new ModelBackend.Onnx(required(section, "directory", given.directory()));
            }
            case HASH -> {
                requireOnly(section, given, List.of("dimensions"));
                yield new ModelBackend.Hash(given.dimensions() == null ? USUAL_DIMENSIONS : given.dimensions());
            }
            case ECHO -> {
                requireOnly(section, given, List.of());
                yield new ModelBackend.Echo();
            }
        };
    }

    private static ModelBackend server(Section section, Given given) {
        var base = required(section, "base", given.base());
        try {
            return new ModelBackend.OpenAi(
                    base,
                    required(section, "path", given.path()),
                    required(section, "model", given.model()),
                    given.key() == null ? Secret.of("") : given.key());
        } catch (InvalidInput e) {
            throw section.error("base", base.toString(), e.expectation());
        }
    }

    private static <T> T required(Section section, String name, @Nullable T value) {
        if (value == null) {
            throw section.error(name, "none", "one, for this adapter");
        }
        return value;
    }

    private static void requireOnly(Section section, Given given, List<String> allowed) {
        given.names().stream()
                .filter(name -> !allowed.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw section.error(name, "given", "none, for this adapter");
                });
    }

    private static String words(Enum<?>[] constants) {
        return List.of(constants).stream()
                .map(constant ->
                        constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", ", "one of ", ""));
    }
}
