package io.triport.objects.admin;

import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.RoleId;
import io.triport.domain.object.BucketName;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Randomness;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.objects.config.Providers;
import io.triport.objects.stored.Document;
import io.triport.objects.stored.Kind;
import io.triport.objects.stored.Readers;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What documents must say, what is filled in, and what of them is shown. Safe for many threads. */
public final class Forms {
    private static final String SECRET = "secret_access_key";
    private static final String OPTIONS = "backend_options";
    private static final List<String> OPTION_SECRETS = List.of(SECRET, "session_token");
    private static final List<String> SAME_ENDPOINT = List.of("endpoint", "access_key_id");
    private static final String CREATED = "created_at";
    private static final String ROOT = "root";
    private static final Pattern WITHIN = Pattern.compile("[\\w-][\\w.-]{0,127}(/[\\w-][\\w.-]{0,127}){0,15}");
    private static final int SECRET_BYTES = 30;
    private static final int ID_BYTES = 10;

    private final Providers providers;
    private final Readers readers;
    private final Clock clock;
    private final Randomness randomness;

    public Forms(Providers providers, Readers readers, Clock clock, Randomness randomness) {
        this.providers = providers;
        this.readers = readers;
        this.clock = clock;
        this.randomness = randomness;
    }

    /** @throws AdminRefused where the configuration file has one of this name */
    void requireStored(Kind kind, String name) {
        if (inFile(kind, name)) {
            throw AdminProblem.IN_CONFIGURATION.refused(kind.word() + " " + name);
        }
    }

    /** Whether a key is one of the file or one that is stored, and no session's. */
    boolean lasts(AccessKeyId id) {
        return providers.find(id).isPresent();
    }

    private boolean inFile(Kind kind, String name) {
        try {
            return switch (kind) {
                case BUCKET -> providers.file().find(new BucketName(name)).isPresent();
                case CREDENTIAL -> providers.file().find(new AccessKeyId(name)).isPresent();
                case ROLE -> providers.file().find(new RoleId(name)).isPresent();
            };
        } catch (InvalidInput e) {
            return false;
        }
    }

    /** A new one with what its sender left to us: the time, and the id and the secret of a credential. */
    Document filled(Kind kind, Document document) {
        var dated = document.has(CREATED) || kind == Kind.ROLE
                ? document
                : document.with(
                        CREATED, clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        if (kind != Kind.CREDENTIAL) {
            return dated;
        }
        var named = dated.has(kind.id()) ? dated : dated.with(kind.id(), freshId());
        return named.has(SECRET) ? named : named.with(SECRET, freshSecret());
    }

    private String freshId() {
        var digits = new StringBuilder("TK");
        for (var each : randomness.bytes(ID_BYTES)) {
            digits.append(String.format(Locale.ROOT, "%02X", each));
        }
        return digits.toString();
    }

    private String freshSecret() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(randomness.bytes(SECRET_BYTES));
    }

    /** A newer version with the secrets of the older one, where it is shown without and does not lead elsewhere now. */
    Document completed(Kind kind, Document before, Document after) {
        return switch (kind) {
            case ROLE -> after;
            case CREDENTIAL -> with(after, before, List.of(SECRET));
            case BUCKET -> {
                var old = before.inner(OPTIONS);
                var options = after.inner(OPTIONS);
                var same = SAME_ENDPOINT.stream().allMatch(key -> old.text(key).equals(options.text(key)));
                yield same && !options.has(SECRET) && old.has(SECRET)
                        ? after.with(OPTIONS, with(options, old, OPTION_SECRETS))
                        : after;
            }
        };
    }

    private static Document with(Document after, Document before, List<String> keys) {
        var whole = after;
        for (var key : keys) {
            var known = before.text(key);
            if (!whole.has(key) && known.isPresent()) {
                whole = whole.with(key, known.get());
            }
        }
        return whole;
    }

    /** What of a document is shown: no secret. */
    Document shown(Kind kind, Document document) {
        return switch (kind) {
            case ROLE -> document;
            case CREDENTIAL -> document.without(SECRET);
            case BUCKET -> {
                var options = document.inner(OPTIONS);
                for (var key : OPTION_SECRETS) {
                    options = options.without(key);
                }
                yield document.has(OPTIONS) ? document.with(OPTIONS, options) : document;
            }
        };
    }

    /** Reads it as it would be read from a file. @throws AdminRefused for what cannot be used, with where and why */
    void require(Kind kind, Document document) {
        try {
            var section = document.section();
            read(kind, section);
            section.refuseUnknown();
        } catch (ConfigError e) {
            throw AdminProblem.BAD_SETTINGS.refused(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Keeps requests within the data directory: only who writes the configuration says where else on the machine objects lie. One
     * that is there already may stay.
     *
     * @throws AdminRefused for another directory
     */
    static void requireWithin(Document before, Document after) {
        var root = after.inner(OPTIONS).text(ROOT);
        if (root.filter(wanted -> !WITHIN.matcher(wanted).matches()).isPresent()
                && !root.equals(before.inner(OPTIONS).text(ROOT))) {
            throw AdminProblem.BAD_SETTINGS.refused(
                    OPTIONS + "." + ROOT + ": a directory below that of the data, such as buckets/reports");
        }
    }

    private void read(Kind kind, Section section) {
        switch (kind) {
            case BUCKET -> readers.bucket(section, role -> providers.find(role).isPresent());
            case CREDENTIAL ->
                readers.credential(section, role -> providers.find(role).isPresent());
            case ROLE -> readers.role(section);
        }
    }
}
