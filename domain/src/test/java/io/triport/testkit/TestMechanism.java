package io.triport.testkit;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.request.Fetch;
import java.time.Instant;
import java.util.function.BiFunction;

/** Is claimed by a header of its own name and answers what the test gave it. */
public final class TestMechanism implements IdentityMechanism {
    private final MechanismName name;
    private final BiFunction<Fetch, Instant, IdentityOutcome> verdict;

    private TestMechanism(MechanismName name, BiFunction<Fetch, Instant, IdentityOutcome> verdict) {
        this.name = name;
        this.verdict = verdict;
    }

    public static TestMechanism answering(String name, IdentityOutcome outcome) {
        return judging(name, (request, now) -> outcome);
    }

    public static TestMechanism judging(String name, BiFunction<Fetch, Instant, IdentityOutcome> verdict) {
        return new TestMechanism(new MechanismName(name), verdict);
    }

    @Override
    public MechanismName name() {
        return name;
    }

    @Override
    public boolean present(Fetch request) {
        return request.headers().has(name.text());
    }

    @Override
    public IdentityOutcome verify(Fetch request, Instant now) {
        return verdict.apply(request, now);
    }
}
