package io.triport.identity.apikey;

import io.triport.domain.identity.Secret;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Randomness;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A key as its holder has it: {@code tp_<environment>_<id>_<secret>_<crc>}. The last part finds typing errors before anything is
 * looked up, and lets scanners for leaked secrets tell keys from other text. Immutable.
 */
public final class ApiKey {
    /** What {@code <environment>} may be: a name such as {@code live} or {@code test}. */
    static final String ENVIRONMENT = "[a-z0-9]{1,16}";

    /** Enough for 256 bits. */
    static final int SECRET_LENGTH = 43;

    static final String PREFIX = "tp_";

    private static final int SECRET_BYTES = 32;
    private static final int CHECK_LENGTH = 6;
    private static final Pattern FORM =
            Pattern.compile("(tp_(%s)_(%s{16})_(%2$s{43}))_(%2$s{6})".formatted(ENVIRONMENT, Base62.PATTERN));
    private static final Pattern SECRET = Pattern.compile(Base62.PATTERN + "{" + SECRET_LENGTH + "}");

    private final String environment;
    private final ApiKeyId id;
    private final Secret secret;

    private ApiKey(String environment, ApiKeyId id, Secret secret) {
        this.environment = environment;
        this.id = id;
        this.secret = secret;
    }

    /** A key that nobody has. @throws InvalidInput for an environment that is not 1 to 16 lower-case letters and digits */
    static ApiKey fresh(String environment, ApiKeyId id, Randomness randomness) {
        if (!environment.matches(ENVIRONMENT)) {
            throw new InvalidInput("environment", "1..16 characters of a-z 0-9");
        }
        var secret = Base62.encode(randomness.bytes(SECRET_BYTES), SECRET_LENGTH);
        return new ApiKey(environment, id, Secret.of(secret));
    }

    /** Empty for a text of another form, and for one that was mistyped. */
    static Optional<ApiKey> read(String text) {
        var form = FORM.matcher(text);
        return form.matches() && matches(check(form.group(1)), form.group(5))
                ? Optional.of(new ApiKey(form.group(2), new ApiKeyId(form.group(3)), Secret.of(form.group(4))))
                : Optional.empty();
    }

    /** Id and secret apart from each other, as the pair of headers has them. */
    static Optional<ApiKey> read(String id, String secret) {
        return id.matches(Base62.PATTERN + "{" + ApiKeyId.LENGTH + "}")
                        && SECRET.matcher(secret).matches()
                ? Optional.of(new ApiKey("", new ApiKeyId(id), Secret.of(secret)))
                : Optional.empty();
    }

    /** @throws InvalidInput for a text of another form, and for one that was mistyped */
    public static ApiKey parse(String text) {
        return read(text).orElseThrow(() -> new InvalidInput("API key", "tp_<environment>_<id>_<secret>_<crc>"));
    }

    public ApiKeyId id() {
        return id;
    }

    public String environment() {
        return environment;
    }

    /** What the key's hash is made of. */
    Secret secret() {
        return secret;
    }

    /** The whole key, to be given to its holder and kept nowhere. */
    public String reveal() {
        var text = PREFIX + environment + "_" + id + "_"
                + secret.use(bytes -> new String(bytes, StandardCharsets.US_ASCII));
        return text + "_" + check(text);
    }

    /** The secret alone, for the pair of headers that has it apart from the id. */
    public String revealSecret() {
        return secret.use(bytes -> new String(bytes, StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "ApiKey[" + id + "]";
    }

    private static boolean matches(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private static String check(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return Base62.encode(crc.getValue(), CHECK_LENGTH);
    }
}
