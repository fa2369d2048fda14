package io.triport.objects.config;

import io.triport.domain.access.RoleId;
import io.triport.domain.identity.Role;
import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.Tags;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.objects.bucket.AnonymousAccess;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.bucket.BucketListing;
import io.triport.objects.bucket.CorsRule;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one bucket. */
public final class BucketReader {
    private static final Value<BucketName> NAME = new Value<>(
            "3..63 of a-z, 0-9, '.' and '-', a letter or digit at both ends, no '..', no address", BucketName::new);
    private static final Value<AnonymousAccess> ANONYMOUS =
            new Value<>("none, read, list, read_list, true or false", text -> switch (text) {
                case "none", "false" -> AnonymousAccess.NONE;
                case "read" -> AnonymousAccess.READ;
                case "list" -> AnonymousAccess.LIST;
                case "read_list", "true" -> AnonymousAccess.READ_LIST;
                default -> throw new IllegalArgumentException(text);
            });
    private static final Value<Versioning> VERSIONING = Value.oneOf(Versioning.values());
    private static final Value<URI> ENDPOINT = new Value<>("http or https without a path", text -> {
        var uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        if (!List.of("http", "https").contains(uri.getScheme())
                || uri.getHost() == null
                || !uri.getRawPath().isEmpty()
                || uri.getRawQuery() != null) {
            throw new IllegalArgumentException(text);
        }
        return uri;
    });
    private static final Value<Long> OBJECT_BYTES = Value.number(1, ObjectLimits.OBJECT_BYTES);
    private static final Value<String> ORIGIN = Value.matching("[^*]*\\*?[^*]*", "an origin with at most one *");
    private static final Value<String> FIELD = Value.matching("[^*]*\\*?[^*]*", "a field name with at most one *");
    private static final Value<String> METHOD =
            Value.matching("GET|PUT|POST|DELETE|HEAD", "GET, PUT, POST, DELETE or HEAD");
    private static final Value<String> OWNER = Value.matching("\\P{Cntrl}{0,512}", "at most 512 printable characters");
    private static final Value<String> RULE_ID =
            Value.matching("\\P{Cntrl}{0,255}", "at most 255 printable characters");
    private static final int MOST_RULES = 100;
    private static final Value<Backend.Flush> FLUSH = Value.oneOf(Backend.Flush.values());
    private static final Value<String> INDEX = Value.matching("none|postgresql", "none or postgresql");
    private static final Value<Backend.IndexName> INDEX_NAME =
            new Value<>("1..64 of a-z, A-Z, 0-9, '.', '_' and '-', a letter or digit first", Backend.IndexName::new);
    /** Which leaves room for the name of a run. */
    private static final int LONGEST_OF_RUNS = 512;

    private final ProviderReader.Form form;
    private final Predicate<RoleId> roles;
    private final Map<String, Backend.Flush> flushes = new HashMap<>();
    private final Map<Backend.IndexName, Backend.Indexed> indexes = new HashMap<>();
    private final BackendSigner signer;

    /** Of buckets whose backends no token of ours opens; see the other one. */
    public BucketReader(ProviderReader.Form form, Predicate<RoleId> roles, List<String> warnings) {
        this(form, roles, null, warnings);
    }

    /**
     * @param roles which there are
     * @param federation null where there is no provider of ours
     * @param warnings gets what the operator should mend
     */
    public BucketReader(
            ProviderReader.Form form, Predicate<RoleId> roles, @Nullable Federation federation, List<String> warnings) {
        this.form = form;
        this.roles = roles;
        this.signer = new BackendSigner(form, federation, warnings);
    }

    /** @throws io.triport.identity.config.ConfigError for what cannot be used */
    public Bucket read(Section section) {
        var name = required(section, "name", NAME, "The name that clients see.");
        var prefix = prefix(section);
        var backend = backend(section, name, prefix);
        var allowed = section.list("allowed_roles", RoleReader.ID, "Sessions of which roles may come; none for all.");
        for (var role : allowed) {
            if (!roles.test(role)) {
                throw section.error("allowed_roles", role.text(), "roles that are configured");
            }
        }
        var most = section.value(
                "max_object_bytes",
                OBJECT_BYTES,
                Long.toString(ObjectLimits.OBJECT_BYTES),
                "The longest object in bytes.");
        var readOnly = section.value("read_only", Value.SWITCH, "false", "Whether every write is refused.");
        var versioning = section.value(
                "versioning",
                VERSIONING,
                "off",
                "Whether old versions are kept; of s3 without an index: what clients are told of its endpoint.");
        // An index keeps keys as they are; the prefix is that of the bytes.
        var ofKeys = backend instanceof Backend.Indexed ? Bytes.EMPTY : prefix;
        var binding = new BucketBinding(name, backend, ofKeys, versioning);
        return new Bucket(
                binding,
                section.value("anonymous_access", ANONYMOUS, "none", "What callers without a credential may do."),
                allowed.stream().map(role -> new Role(role.text())).collect(Collectors.toSet()),
                rules(section),
                ByteSize.ofBytes(most),
                readOnly ? Bucket.Writes.REFUSED : Bucket.Writes.ALLOWED,
                listing(section),
                about(section),
                section.has("quota") ? QuotaReader.read(section.section("quota")) : null);
    }

    private static BucketListing listing(Section section) {
        var rewrite = section.section("list_rewrite");
        return new BucketListing(
                rewrite.value("strip_prefix", Value.TEXT, "", "Taken away from the beginning of listed keys."),
                rewrite.value("add_prefix", Value.TEXT, "", "Put before each of them then."),
                section.value(
                                "filter_listings",
                                Value.SWITCH,
                                "false",
                                "Whether a listing of more than its caller may see shows what he may.")
                        ? BucketListing.Extent.PERMITTED
                        : BucketListing.Extent.WHOLE);
    }

    private static Bucket.About about(Section section) {
        var created = section.optional("created_at", Value.MOMENT, "When it was made, as listings say.");
        var owner = section.value("owner", OWNER, "", "Who made it by a request.");
        var tags = section.section("tags");
        var entries = new LinkedHashMap<String, String>();
        tags.names().forEach(name -> entries.put(name, tags.value(name, Value.TEXT, "", "The value of a tag.")));
        try {
            return new Bucket.About(created.orElse(Instant.EPOCH), owner, new Tags(entries));
        } catch (InvalidInput e) {
            throw section.error("tags", entries.size() + " tags", e.expectation());
        }
    }

    /** Which leaves room for a key: behind a longer one no key would be short enough. */
    private static Bytes prefix(Section section) {
        var text = section.value("backend_prefix", Value.TEXT, "", "Before every key on the backend.");
        var prefix = Bytes.utf8(text.isEmpty() || text.endsWith("/") ? text : text + "/");
        if (prefix.size() >= ObjectKey.MOST_BYTES) {
            throw section.error(
                    "backend_prefix", prefix.size() + " bytes", "fewer than the " + ObjectKey.MOST_BYTES + " of a key");
        }
        return prefix;
    }

    private static <T> T required(Section section, String name, Value<T> value, String about) {
        return section.optional(name, value, about)
                .orElseThrow(() -> section.error(name, "missing", value.expectation()));
    }

    private Backend backend(Section section, BucketName name, Bytes prefix) {
        var type = required(
                section,
                "backend_type",
                Value.matching("fs|memory|s3", "fs, memory or s3"),
                "Which adapter keeps the objects: fs, memory or s3.");
        var options = section.section("backend_options");
        return switch (type) {
            case "memory" -> new Backend.Memory();
            case "fs" -> files(options, name);
            default -> indexed(options, name, prefix, s3(options, name));
        };
    }

    private Backend files(Section options, BucketName name) {
        var root = options.value(
                "root", Value.TEXT, "objects/" + name, "The directory; relative to the data directory of the app.");
        var flush = options.value("fsync", FLUSH, "commit", "When what is written reaches the disk.");
        var other = flushes.putIfAbsent(root, flush);
        if (other != null && other != flush) {
            throw options.error("fsync", flush.name().toLowerCase(Locale.ROOT), "the same of all buckets on " + root);
        }
        return new Backend.FileSystem(root, flush);
    }

    private Backend indexed(Section options, BucketName name, Bytes prefix, Backend.S3 bytes) {
        var where = options.value(
                "index",
                INDEX,
                "none",
                "Where the rows of its objects lie: postgresql for the app's database, or none.");
        var named =
                options.optional("index_name", INDEX_NAME, "The name of its rows there; usually that of the bucket.");
        if (where.equals("none")) {
            if (named.isPresent()) {
                throw options.error("index_name", named.get().text(), "only beside index: postgresql");
            }
            return bytes;
        }
        if (prefix.size() > LONGEST_OF_RUNS) {
            throw options.error("index", where, "a backend_prefix of at most " + LONGEST_OF_RUNS + " bytes beside it");
        }
        var indexed = new Backend.Indexed(bytes, prefix, named.orElseGet(() -> new Backend.IndexName(name.text())));
        var other = indexes.putIfAbsent(indexed.index(), indexed);
        if (other != null && !inOnePlace(other, indexed)) {
            throw options.error(
                    "index_name",
                    indexed.index().text(),
                    "the same endpoint, bucket_name and backend_prefix of all buckets on it");
        }
        return indexed;
    }

    private static boolean inOnePlace(Backend.Indexed one, Backend.Indexed other) {
        return one.prefix().equals(other.prefix())
                && one.bytes().endpoint().equals(other.bytes().endpoint())
                && one.bytes().bucket().equals(other.bytes().bucket());
    }

    private Backend.S3 s3(Section options, BucketName name) {
        var region = options.value("region", Value.TEXT, "us-east-1", "The region that its signatures name.");
        var endpoint = options.optional("endpoint", ENDPOINT, "Where the S3 endpoint is.")
                .or(() -> published(region))
                .orElseThrow(() -> options.error("endpoint", "missing", ENDPOINT.expectation()));
        var bucket = options.value("bucket_name", Value.TEXT, name.text(), "The name of the bucket there.");
        var path = options.value("path_style", Value.SWITCH, "true", "Whether the bucket is in the path.");
        return new Backend.S3(
                endpoint,
                region,
                bucket,
                path ? Backend.Addressing.PATH : Backend.Addressing.VIRTUAL_HOST,
                signer.read(options, name, region));
    }

    /** The proxy that is replaced goes to Amazon's endpoint of the region where nothing else is said. */
    private Optional<URI> published(String region) {
        return form == ProviderReader.Form.PUBLISHED
                ? Optional.of(ENDPOINT.parser().apply("https://s3." + region + ".amazonaws.com"))
                : Optional.empty();
    }

    private static List<CorsRule> rules(Section section) {
        var rules = section.sections("cors").stream().map(BucketReader::rule).toList();
        if (rules.size() > MOST_RULES) {
            throw section.error("cors", rules.size() + " rules", "at most " + MOST_RULES);
        }
        return rules;
    }

    private static CorsRule rule(Section section) {
        var origins = section.list("allowed_origins", ORIGIN, "Origins, each exact or with one *.");
        var methods = section.list("allowed_methods", METHOD, "Methods that pages may use.");
        if (origins.isEmpty() || methods.isEmpty()) {
            throw section.error("allowed_origins", "missing", "origins and methods");
        }
        return new CorsRule(
                section.value("id", RULE_ID, "", "What people call the rule."),
                origins,
                methods,
                section.list("allowed_headers", FIELD, "Fields that pages may send."),
                section.list("expose_headers", Value.TEXT, "Fields that pages may read."),
                section.value(
                        "max_age_seconds",
                        Value.integer(-1, 86_400),
                        "-1",
                        "How long browsers may remember; -1 for not said."),
                section.value("allow_credentials", Value.SWITCH, "false", "Whether pages may send credentials.")
                        ? CorsRule.Credentials.ALLOWED
                        : CorsRule.Credentials.LEFT_OUT);
    }
}
