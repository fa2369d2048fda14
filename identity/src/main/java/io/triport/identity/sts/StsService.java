package io.triport.identity.sts;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeys;
import io.triport.domain.access.Administration;
import io.triport.domain.access.AssumableRole;
import io.triport.domain.access.RoleId;
import io.triport.domain.access.Roles;
import io.triport.domain.access.ScopeTemplate;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Randomness;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The actions of the Security Token Service. Every refusal is an answer. May wait until keys are fetched. Safe for many threads. */
public final class StsService {
    private static final String BY_TOKEN = "AssumeRoleWithWebIdentity";
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
    private static final Pattern ARN = Pattern.compile("arn:aws:iam::[0-9]{12}:role/(?:[!-~]*/)?([^/]+)");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final Duration USUAL = Duration.ofHours(1);
    private static final Duration LONGEST_OF_KEY = Duration.ofHours(12);

    private final StsSettings settings;
    private final AccessKeys keys;
    private final Roles roles;
    private final SealedSessions sessions;
    private final WebIdentity tokens;
    private final FreshKeys fresh;
    private final Clock clock;

    public StsService(
            StsSettings settings,
            AccessKeys keys,
            Roles roles,
            SealedSessions sessions,
            IssuerKeys issuers,
            Clock clock,
            Randomness randomness) {
        this.settings = settings;
        this.keys = keys;
        this.roles = roles;
        this.sessions = sessions;
        this.tokens = new WebIdentity(issuers);
        this.clock = clock;
        this.fresh = new FreshKeys(randomness);
    }

    /** What a request asks for, or why it asks for nothing. */
    public static Wanted wanted(StsParameters parameters) {
        var action = parameters.find("Action");
        if (action.isEmpty()) {
            return new Wanted.Nothing(
                    new StsProblem(StsProblem.Code.MISSING_PARAMETER, "The request must contain the parameter Action"));
        }
        return switch (action.get()) {
            case BY_TOKEN -> new Wanted.ByToken(BY_TOKEN);
            case "AssumeRole", "GetCallerIdentity", "GetSessionToken" -> new Wanted.Signed(action.get());
            default -> new Wanted.Nothing(new StsProblem(StsProblem.Code.INVALID_ACTION, "The action is not known"));
        };
    }

    /** An action, by how it is proved who asks. */
    public sealed interface Wanted {
        /** By a token among its parameters. */
        record ByToken(String action) implements Wanted {}

        /** By a signature. */
        record Signed(String action) implements Wanted {}

        /** There is no such action. */
        record Nothing(StsProblem problem) implements Wanted {}
    }

    /** The role that a request is about, if there is one of its name; for metrics, whose labels no caller may choose. */
    public Optional<RoleId> about(StsParameters parameters) {
        try {
            return parameters.find("RoleArn").flatMap(this::role).map(AssumableRole::id);
        } catch (StsRefusal | IdentityStateUnavailable e) {
            return Optional.empty();
        }
    }

    /** {@code AssumeRoleWithWebIdentity}: the token of an identity provider for a session of a role. */
    public StsAnswer assumeByToken(StsParameters parameters) {
        return answered(() -> {
            var role = role(parameters.need("RoleArn"));
            var name = sessionName(parameters);
            var token = parameters.need("WebIdentityToken");
            var now = clock.instant();
            var found = role.orElseThrow(() -> new StsRefusal(StsProblem.denied()));
            var bearer = tokens.judge(found, token, now);
            var policy = policy(parameters);
            var session = new Session(
                    fresh.id(),
                    fresh.secret(),
                    found.id(),
                    null,
                    bearer.subject(),
                    name,
                    permissions(found, bearer.claims(), policy),
                    seconds(now),
                    seconds(now.plus(duration(parameters, found.shortest(), found.longest()))),
                    fresh.tokenId(),
                    false);
            return new StsAnswer.AssumedByToken(
                    close(session),
                    Caller.role(found.id().text(), name),
                    bearer.subject(),
                    bearer.audience(),
                    bearer.provider().issuer().text(),
                    policy.map(SessionPolicy::percent).orElse(0));
        });
    }

    /** All actions that need a signature. @param principal as the gate found it, of a mechanism for signatures */
    public StsAnswer act(StsParameters parameters, Principal principal) {
        return answered(() -> {
            var caller = new Caller(principal, keys);
            return switch (parameters.need("Action")) {
                case "AssumeRole" -> assume(parameters, caller);
                case "GetCallerIdentity" -> caller.identity();
                case "GetSessionToken" -> sessionToken(parameters, caller);
                default -> throw new StsRefusal(StsProblem.Code.INVALID_ACTION, "The action is not known");
            };
        });
    }

    private StsAnswer assume(StsParameters parameters, Caller caller) {
        var wanted = role(parameters.need("RoleArn"));
        var name = sessionName(parameters);
        parameters
                .find("ExternalId")
                .filter(id -> !EXTERNAL_ID.matcher(id).matches())
                .ifPresent(id -> {
                    throw new StsRefusal(
                            StsProblem.Code.VALIDATION_ERROR, "ExternalId: 2..1224 letters, digits and _+=,.@:/-");
                });
        var key = caller.key().orElseThrow(() -> new StsRefusal(StsProblem.denied()));
        var role = wanted.filter(found -> key.mayAssume().contains(found.id()))
                .filter(found -> found.holders().contains(key.holder()))
                .orElseThrow(() -> new StsRefusal(StsProblem.denied()));
        var policy = policy(parameters);
        var now = clock.instant();
        var session = new Session(
                fresh.id(),
                fresh.secret(),
                role.id(),
                key.id(),
                key.holder().text(),
                name,
                permissions(role, Claims.NONE, policy),
                seconds(now),
                end(now, duration(parameters, role.shortest(), role.longest()), key),
                fresh.tokenId(),
                false);
        return new StsAnswer.Assumed(
                close(session),
                Caller.role(role.id().text(), name),
                policy.map(SessionPolicy::percent).orElse(0));
    }

    private StsAnswer sessionToken(StsParameters parameters, Caller caller) {
        var key = caller.key()
                .orElseThrow(() -> new StsRefusal(
                        StsProblem.Code.ACCESS_DENIED, "Cannot call GetSessionToken with session credentials"));
        var now = clock.instant();
        var session = new Session(
                fresh.id(),
                fresh.secret(),
                null,
                key.id(),
                key.holder().text(),
                key.holder().text(),
                key.granted(),
                seconds(now),
                end(now, duration(parameters, AssumableRole.USUAL_SHORTEST, LONGEST_OF_KEY), key),
                fresh.tokenId(),
                false);
        return new StsAnswer.SessionToken(close(session));
    }

    private static StsAnswer answered(Supplier<StsAnswer> action) {
        try {
            return action.get();
        } catch (StsRefusal e) {
            return new StsAnswer.Refused(e.problem());
        } catch (IdentityStateUnavailable e) {
            return new StsAnswer.Refused(
                    new StsProblem(StsProblem.Code.UNAVAILABLE, "The service is not able to answer now"));
        }
    }

    /** The role that is asked for, by its id alone or in the form that SDKs insist on. */
    private Optional<AssumableRole> role(String named) {
        var arn = ARN.matcher(named);
        try {
            return roles.find(new RoleId(arn.matches() ? arn.group(1) : named));
        } catch (InvalidInput e) {
            throw new StsRefusal(StsProblem.Code.VALIDATION_ERROR, "RoleArn: the ARN or the id of a role");
        }
    }

    private static String sessionName(StsParameters parameters) {
        var name = parameters.need("RoleSessionName");
        if (!SESSION_NAME.matcher(name).matches()) {
            throw new StsRefusal(
                    StsProblem.Code.VALIDATION_ERROR, "RoleSessionName: 2..64 letters, digits and _+=,.@-");
        }
        return name;
    }

    private static Optional<SessionPolicy> policy(StsParameters parameters) {
        return parameters.find("Policy").map(SessionPolicy::parse);
    }

    private static Permissions permissions(AssumableRole role, Claims claims, Optional<SessionPolicy> policy) {
        var held = Administration.removed(ScopeTemplate.fill(role.scopes(), claims));
        return policy.map(narrower -> PermissionMeet.of(held, narrower.permissions()))
                .orElse(held);
    }

    private Duration duration(StsParameters parameters, Duration shortest, Duration longest) {
        var wish = parameters.find("DurationSeconds");
        if (wish.isEmpty()) {
            return clamped(USUAL, shortest, longest);
        }
        if (!SECONDS.matcher(wish.get()).matches()) {
            throw new StsRefusal(StsProblem.Code.VALIDATION_ERROR, "DurationSeconds: a number of seconds");
        }
        var wished = Duration.ofSeconds(Long.parseLong(wish.get()));
        var nearest = clamped(wished, shortest, longest);
        if (settings.duration() == StsSettings.DurationRule.REFUSED && !nearest.equals(wished)) {
            throw new StsRefusal(
                    StsProblem.Code.VALIDATION_ERROR,
                    "DurationSeconds: " + shortest.toSeconds() + ".." + longest.toSeconds());
        }
        return nearest;
    }

    private static Duration clamped(Duration wished, Duration shortest, Duration longest) {
        if (wished.compareTo(shortest) < 0) {
            return shortest;
        }
        return wished.compareTo(longest) > 0 ? longest : wished;
    }

    /** When a session ends that a key asked for: never later than the key. */
    private static Instant end(Instant now, Duration duration, AccessKey key) {
        var end = now.plus(duration);
        return seconds(key.expiresAt().isBefore(end) ? key.expiresAt() : end);
    }

    private static Instant seconds(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS);
    }

    private StsAnswer.Credentials close(Session session) {
        return new StsAnswer.Credentials(session.id(), session.secret(), sessions.close(session), session.expiresAt());
    }
}
