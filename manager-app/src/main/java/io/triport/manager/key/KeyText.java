package io.triport.manager.key;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Refused;
import java.util.Base64;

/** Reads the parts of an entry as requests write them, and says which of them is wrong. */
public final class KeyText {
    private KeyText() {}

    /** @throws Refused KEY_NAME, KEY_TOO_LONG */
    public static KvKey key(String name) {
        try {
            return KvKey.of(name);
        } catch (StorageFailure.LimitExceeded e) {
            throw Problem.KEY_TOO_LONG.refused();
        } catch (StorageFailure.Rejected e) {
            throw Problem.KEY_NAME.refused("The key name must have 1 to 512 bytes and be neither . nor ..");
        }
    }

    /** @throws Refused VALUE_TOO_LARGE */
    public static KvEntry entry(Bytes value) {
        try {
            return KvEntry.of(value);
        } catch (StorageFailure.LimitExceeded e) {
            throw Problem.VALUE_TOO_LARGE.refused();
        }
    }

    /** Null is none. @throws Refused METADATA_TOO_LARGE */
    public static KvMetadata metadata(JsonNode json) {
        if (json.isNull()) {
            return KvMetadata.NONE;
        }
        try {
            return new KvMetadata(Json.bytes(json));
        } catch (StorageFailure.LimitExceeded e) {
            throw Problem.METADATA_TOO_LARGE.refused();
        }
    }

    /** Metadata as text. @throws Refused METADATA_INVALID, METADATA_TOO_LARGE */
    public static KvMetadata metadata(Bytes text) {
        try {
            return metadata(Json.parse(text));
        } catch (Refused e) {
            throw e.problem() == Problem.INVALID_JSON ? Problem.METADATA_INVALID.refused() : e;
        }
    }

    /** A text as bytes. @throws Refused INVALID_ARGUMENT for half a character */
    public static Bytes text(String value) {
        try {
            return Bytes.utf8(value);
        } catch (InvalidInput e) {
            throw Problem.INVALID_ARGUMENT.refused("value must be Unicode without lone surrogates");
        }
    }

    /** @throws Refused INVALID_ARGUMENT for a text that is no base64 */
    public static Bytes base64(String value) {
        try {
            return Bytes.copyOf(Base64.getDecoder().decode(value));
        } catch (IllegalArgumentException e) {
            throw Problem.INVALID_ARGUMENT.refused("value must be base64");
        }
    }

    /** What a failure of a bulk call means for one member, as a code of the API. */
    public static Problem problem(FailureCode code) {
        return switch (code) {
            case TTL_TOO_SHORT, EXPIRES_IN_PAST -> Problem.TTL_TOO_SMALL;
            case TOO_LARGE -> Problem.VALUE_TOO_LARGE;
            case KEY_TOO_LONG -> Problem.KEY_TOO_LONG;
            case DENIED -> Problem.FORBIDDEN;
            case OUTCOME_UNKNOWN -> Problem.OUTCOME_UNKNOWN;
            default -> Problem.STORAGE_UNAVAILABLE;
        };
    }
}
