package io.triport.manager.transfer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyTag;
import io.triport.manager.key.KeyExpiry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An item while its fields come. What is wrong is kept, the first of it, and the rest is read all the same. */
final class ItemDraft {
    /*
     * Which time counts. A lifetime that is named as the API names it wins over a moment, as it does there; the `ttl` of an
     * export stands beside the moment that is meant.
     */

    private final long index;
    private final int line;
    private @Nullable String name;
    private @Nullable String text;
    private @Nullable Bytes json;
    private boolean base64;
    private boolean wrangler;
    private @Nullable Long ttl;
    private @Nullable Long expirationTtl;
    private @Nullable Long expiration;
    private Bytes metadata = Bytes.EMPTY;
    private JsonText custom = JsonText.NONE;
    private List<KeyTag> tags = List.of();
    private @Nullable Wrong wrong;

    ItemDraft(long index, int line) {
        this.index = index;
        this.line = line;
    }

    /** Takes the field whose value the parser has come to, all of it. */
    void take(String field, JsonParser parser) throws IOException {
        try {
            switch (field) {
                case "name" -> name = text(field, parser);
                case "key" -> {
                    wrangler = true;
                    name = name == null ? text(field, parser) : name;
                }
                case "value" -> value(parser);
                case "encoding" -> base64 |= encoding(parser);
                case "base64" -> base64 |= truth(field, parser);
                case "ttl" -> ttl = whole(field, parser);
                case "expiration_ttl" -> expirationTtl = whole(field, parser);
                case "expiration" -> expiration = whole(field, parser);
                case "metadata" -> metadata = present(field, parser, KvLimits.METADATA_BYTES);
                case "custom_metadata" -> custom = custom(field, parser);
                case "tags" -> tags = tags(field, parser);
                default -> parser.skipChildren();
            }
        } catch (InvalidInput e) {
            parser.skipChildren();
            wrong(ItemFault.INVALID_ARGUMENT, message(e));
        } catch (Refused e) {
            parser.skipChildren();
            wrong(e.wrong.fault, e.wrong.reason);
        }
    }

    /** Whether it names its key as wrangler does. */
    boolean wrangler() {
        return wrangler;
    }

    ImportRow row(Instant now) {
        if (wrong != null) {
            return invalid(wrong);
        }
        if (name == null) {
            return invalid(new Wrong(ItemFault.INVALID_ARGUMENT, "name: missing (expected: a text)"));
        }
        if (text == null && json == null) {
            return invalid(new Wrong(ItemFault.INVALID_ARGUMENT, "value: missing"));
        }
        try {
            var key = KvKey.of(name);
            var expiry = expiry(now);
            if (expiry.passed(now)) {
                return new ImportRow.Expired(index, line, key);
            }
            var item = new TransferItem(key, bytes(), expiry, new KvMetadata(metadata), custom, tags);
            return new ImportRow.Valid(index, line, item, json != null);
        } catch (Refused e) {
            return invalid(e.wrong);
        } catch (InvalidInput e) {
            return invalid(new Wrong(ItemFault.INVALID_ARGUMENT, message(e)));
        } catch (StorageFailure e) {
            return invalid(new Wrong(
                    e.code() == FailureCode.KEY_TOO_LONG ? ItemFault.KEY_TOO_LONG : ItemFault.INVALID_ARGUMENT,
                    "name: not one of a key (expected: 1.." + KvLimits.KEY_BYTES
                            + " bytes of UTF-8, neither . nor ..)"));
        }
    }

    private ImportRow invalid(Wrong what) {
        return new ImportRow.Invalid(index, line, name == null ? "" : name, what.fault, what.reason);
    }

    private Bytes bytes() {
        var value = text == null ? Bytes.EMPTY : base64 ? decoded(text) : Bytes.utf8(text);
        if (json != null) {
            if (base64) {
                throw new Refused(new Wrong(ItemFault.INVALID_ARGUMENT, "value: not a text (expected: base64)"));
            }
            value = json;
        }
        if (value.size() > KvLimits.VALUE_BYTES) {
            throw new Refused(tooLarge());
        }
        return value;
    }

    private static Bytes decoded(String text) {
        try {
            return Bytes.copyOf(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("value", "base64");
        }
    }

    private Expiry expiry(Instant now) {
        if (expirationTtl != null) {
            return after("expiration_ttl", expirationTtl);
        }
        if (expiration != null) {
            return at(expiration, now);
        }
        return ttl == null ? Expiry.NEVER : after("ttl", ttl);
    }

    private static Expiry after(String field, long seconds) {
        if (seconds < KeyExpiry.LEAST_SECONDS) {
            throw new Refused(new Wrong(
                    ItemFault.TTL_TOO_SMALL,
                    field + ": " + seconds + " (expected: " + KeyExpiry.LEAST_SECONDS + " seconds or more)"));
        }
        return Expiry.after(Duration.ofSeconds(seconds));
    }

    /** What is further away than any calendar goes never comes. */
    private static Expiry at(long epochSecond, Instant now) {
        if (epochSecond <= now.getEpochSecond()) {
            return Expiry.at(Instant.EPOCH);
        }
        return epochSecond > Instant.MAX.getEpochSecond()
                ? Expiry.NEVER
                : Expiry.at(Instant.ofEpochSecond(epochSecond));
    }

    private void value(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            text = parser.getText();
            return;
        }
        json = Bytes.EMPTY;
        var compact = Tokens.compact(parser, KvLimits.VALUE_BYTES);
        if (compact == null) {
            throw new Refused(tooLarge());
        }
        json = compact;
    }

    private static Wrong tooLarge() {
        return new Wrong(
                ItemFault.VALUE_TOO_LARGE, "value: too large (expected: at most " + KvLimits.VALUE_BYTES + " bytes)");
    }

    private static String text(String field, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new InvalidInput(field, "a text");
        }
        return parser.getText();
    }

    private static boolean encoding(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return false;
        }
        return switch (text("encoding", parser)) {
            case "base64" -> true;
            case "utf8" -> false;
            default -> throw new InvalidInput("encoding", "utf8 or base64");
        };
    }

    private static boolean truth(String field, JsonParser parser) throws IOException {
        if (!parser.currentToken().isBoolean() && parser.currentToken() != JsonToken.VALUE_NULL) {
            throw new InvalidInput(field, "true or false");
        }
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    private static @Nullable Long whole(String field, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            try {
                return Long.parseLong(parser.getText());
            } catch (NumberFormatException e) {
                throw new InvalidInput(field, "a number of seconds");
            }
        }
        throw new InvalidInput(field, "a whole number of seconds");
    }

    private static Bytes present(String field, JsonParser parser, int most) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return Bytes.EMPTY;
        }
        var compact = Tokens.compact(parser, most);
        if (compact == null) {
            throw new Refused(new Wrong(
                    ItemFault.METADATA_TOO_LARGE, field + ": too large (expected: at most " + most + " bytes)"));
        }
        return compact;
    }

    private static JsonText custom(String field, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT && parser.currentToken() != JsonToken.VALUE_NULL) {
            throw new InvalidInput(field, "an object");
        }
        return new JsonText(present(field, parser, TransferItem.CUSTOM_BYTES).toUtf8());
    }

    private static List<KeyTag> tags(String field, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return List.of();
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new InvalidInput(field, "an array of texts");
        }
        var texts = new LinkedHashSet<String>();
        var others = false;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                texts.add(parser.getText());
            } else {
                others = true;
                parser.skipChildren();
            }
        }
        if (others) {
            throw new InvalidInput(field, "an array of texts");
        }
        return KeyLabels.NONE.tagged(texts.stream().map(KeyTag::new).toList()).tags();
    }

    private void wrong(ItemFault fault, String reason) {
        if (wrong == null) {
            wrong = new Wrong(fault, reason);
        }
    }

    private static String message(InvalidInput e) {
        return e.getMessage() == null ? "" : e.getMessage();
    }

    private record Wrong(ItemFault fault, String reason) {}

    /** The item is refused for what was found when it was whole. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Wrong wrong;

        private Refused(Wrong wrong) {
            super(wrong.reason, null, false, false);
            this.wrong = wrong;
        }
    }
}
