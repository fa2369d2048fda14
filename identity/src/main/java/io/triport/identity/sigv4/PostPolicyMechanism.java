package io.triport.identity.sigv4;

import io.triport.domain.access.AccessKeys;
import io.triport.domain.identity.BodyCheck;
import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.request.Fetch;
import io.triport.identity.revocation.RevocationGuard;
import io.triport.identity.sigv4.body.VouchedContent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Forms with which browsers upload files under a signed policy, see {@link PostForm}. Safe for many threads. */
public final class PostPolicyMechanism implements IdentityMechanism {
    /*
     * Order of checks. Form of the fields, scope, time, key and signature, and only then the policy: nothing is read of a
     * document that nobody vouches for. What the document says of the file is judged as it flows.
     */
    public static final MechanismName NAME = new MechanismName("sigv4-post");

    private static final String ALGORITHM = "x-amz-algorithm";
    private static final String CREDENTIAL = "x-amz-credential";
    private static final Set<String> ALGORITHMS = Set.of(AwsNames.ALGORITHM);
    private static final List<String> OLD = List.of("awsaccesskeyid", "signature");
    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");

    /** How long the key of a day can be used for forms; their policies say when they really end. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private final MechanismName name;
    private final SigV4Settings settings;
    private final Signatories signatories;

    /** @param sessions {@link SessionTokens#NONE} where none are given out */
    public PostPolicyMechanism(
            MechanismName name,
            SigV4Settings settings,
            AccessKeys keys,
            SessionTokens sessions,
            RevocationGuard guard) {
        this.name = name;
        this.settings = settings;
        this.signatories = new Signatories(keys, sessions, guard);
    }

    @Override
    public MechanismName name() {
        return name;
    }

    @Override
    public boolean present(Fetch request) {
        return request.body() instanceof PostForm form
                && (form.has(PostPolicy.FIELD)
                        || form.has(PostPolicy.SIGNATURE)
                        || OLD.stream().anyMatch(form::has));
    }

    @Override
    public IdentityOutcome verify(Fetch request, Instant now) {
        return switch (judge(request, now)) {
            case Verdict.Signed(var outcome) -> outcome;
            case Verdict.Refused(var problem) ->
                new IdentityOutcome.Rejected(problem.kind().reason());
            case Verdict.Unavailable(var retryAfter) -> new IdentityOutcome.Unavailable(retryAfter);
        };
    }

    /** What to tell the sender of a form that this mechanism refused; see {@link SigV4Mechanism#problem}. */
    public Optional<SigV4Problem> problem(Fetch request, Instant now) {
        return judge(request, now) instanceof Verdict.Refused(var problem) ? Optional.of(problem) : Optional.empty();
    }

    private Verdict judge(Fetch request, Instant now) {
        if (!(request.body() instanceof PostForm form)) {
            throw new IllegalStateException("body: " + request.body().getClass() + " (expected: a form)");
        }
        try {
            var credential = credential(form, now);
            var policy = form.value(PostPolicy.FIELD);
            var verdict = signatories.judge(
                    new Signatories.Signer(name, credential, form.value(AwsNames.SECURITY_TOKEN)),
                    key -> key.signs(policy, form.value(PostPolicy.SIGNATURE)),
                    (signatory, key) -> check(policy),
                    now);
            if (verdict instanceof Verdict.Signed) {
                PostPolicy.parse(policy).check(form, now);
            }
            return verdict;
        } catch (Refusal e) {
            return new Verdict.Refused(e.problem());
        }
    }

    private CredentialScope.Named credential(PostForm form, Instant now) {
        if (OLD.stream().anyMatch(form::has)) {
            throw new Refusal(SigV4Problem.Kind.OLD_VERSION);
        }
        var credential = CredentialScope.parse(form.value(CREDENTIAL))
                .orElseThrow(() -> new Refusal(SigV4Problem.Kind.BAD_POLICY));
        var time = AmzTime.parse(form.value(AwsNames.X_AMZ_DATE))
                .orElseThrow(() -> new Refusal(SigV4Problem.Kind.NO_TIME));
        if (!ALGORITHMS.contains(form.value(ALGORITHM))
                || form.value(PostPolicy.FIELD).isEmpty()
                || !SIGNATURE.matcher(form.value(PostPolicy.SIGNATURE)).matches()) {
            throw new Refusal(SigV4Problem.Kind.BAD_POLICY);
        }
        var scope = credential.scope();
        if (!Set.of(settings.service()).contains(scope.service())
                || !settings.regions().contains(scope.region())
                || !Set.of(time.date()).contains(scope.date())) {
            throw new Refusal(
                    SigV4Problem.Kind.HEADER_SCOPE,
                    java.util.Map.of("Region", settings.regions().getFirst()));
        }
        if (now.isBefore(time.instant().minus(settings.skew()))
                || now.isAfter(time.instant().plus(LONGEST))) {
            throw new Refusal(SigV4Problem.Kind.POLICY_EXPIRED);
        }
        return credential;
    }

    /** The document was signed, but may be none; then it is refused before the file is read. */
    private static BodyCheck check(String policy) {
        var range = PostPolicy.parse(policy).range();
        return file -> VouchedContent.bounded(file, range.least(), range.most());
    }
}
