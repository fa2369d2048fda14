package io.triport.manager.database;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.Subject;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Method;
import io.triport.domain.request.TransportSecurity;
import io.triport.identity.PermittingPlan;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.urltoken.UrlTokenPlan;
import io.triport.identity.urltoken.UrlTokenSettings;
import io.triport.identity.urltoken.UrlTokens;
import io.triport.manager.access.Mechanisms;
import io.triport.manager.answer.Problem;
import io.triport.manager.job.JobFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Links by which clients fetch and send the files of exports and imports without another credential. Safe for many threads.
 *
 * @param settings null where there is no key to sign them with
 */
public record DumpLinks(@Nullable UrlTokenSettings settings) {
    /*
     * What a link opens
     *
     * Its subject is the name of the file, and the signature covers the subject. So the file is known from the credential alone, and
     * whoever comes with the link may reach that file and nothing else: an export's to be read, an import's to be written. A link that
     * is opened by somebody's mail scanner gives him the file, as with any bearer credential, and changes nothing.
     */
    private static final String PURPOSE = "database-files";

    private static final Duration GOOD_FOR = Duration.ofHours(1);

    public static DumpLinks signedWith(Keyring keys) {
        return new DumpLinks(new UrlTokenSettings(
                Mechanisms.LINKS,
                keys,
                PURPOSE,
                UrlTokenSettings.DEFAULT_SUBJECT_PARAMETER,
                GOOD_FOR,
                UrlTokenSettings.Use.MANY,
                Set.of()));
    }

    /** What verifies them; empty where there are none. */
    public Optional<PlannedMechanism> plan() {
        return Optional.ofNullable(settings)
                .map(given -> PermittingPlan.ofData(new UrlTokenPlan(given), DumpLinks::permissions));
    }

    /** The file that somebody holds a link to. */
    static ObjectKey file(Principal holder) {
        return ObjectKey.of(holder.id().subject().text());
    }

    private static Permissions permissions(Principal holder) {
        var file = file(holder);
        var action = JobFiles.isDump(file) ? Action.OBJECT_GET : Action.OBJECT_PUT;
        return Permissions.of(new Permission(
                Set.of(action),
                Set.of(ResourcePattern.exactly(JobFiles.BUCKET.text())),
                Set.of(new KeyPrefix(file.bytes()))));
    }

    /** Whoever asks for links hears before anything is done that there are none. @throws io.triport.manager.answer.Refused UNSUPPORTED */
    void require() {
        signing();
    }

    /**
     * A link below the path of the request.
     *
     * @param name the last part of its path
     * @param file that it opens
     */
    String link(Fetch request, Method method, String name, ObjectKey file, Instant now) {
        var path = request.target().path() + "/" + name;
        return origin(request) + new UrlTokens(signing()).link(method, path, new Subject(file.text()), now);
    }

    private UrlTokenSettings signing() {
        if (settings == null) {
            throw Problem.UNSUPPORTED.refused(
                    "Exports and imports need links, which need a key: set triport.manager.link-keys");
        }
        return settings;
    }

    /** As whoever asks has reached us; a proxy before us may have ended TLS. */
    private static String origin(Fetch request) {
        var host = request.headers()
                .only("host")
                .orElseThrow(() -> Problem.MALFORMED_REQUEST.refused("The request must have one Host"));
        var secured = !request.peer().security().equals(TransportSecurity.PLAIN)
                || request.headers()
                        .only("x-forwarded-proto")
                        .filter("https"::equals)
                        .isPresent();
        return (secured ? "https://" : "http://") + host;
    }
}
