package io.triport.storage.aiecho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.cursor.StoragePort;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.inference.FirstByteDeadline;
import io.triport.domain.inference.InferenceInput.TextGeneration;
import io.triport.domain.inference.ModelCatalogue;
import io.triport.domain.inference.ModelEntry;
import io.triport.domain.inference.ModelFilter;
import io.triport.domain.inference.ModelInfo;
import io.triport.domain.inference.ModelLimits;
import io.triport.domain.inference.ModelName;
import io.triport.domain.inference.Price;
import io.triport.domain.inference.Task;
import io.triport.domain.inference.TokenBudget;
import io.triport.domain.inference.TokenBudgets;
import io.triport.domain.request.ByteSize;
import io.triport.domain.storage.Storage;
import io.triport.domain.storage.StorageCall;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How far a grant reaches into models. */
final class GrantedInferenceTest {
    private static final ModelName OPEN = new ModelName("@test/open");
    private static final ModelName CLOSED = new ModelName("@test/closed");
    private static final TextGeneration INPUT = TextGeneration.ofPrompt("our-question and more");

    private final SettableClock clock = SettableClock.anywhere();
    private final SettableTicker ticker = new SettableTicker();
    private final TestGrants grants = new TestGrants(clock);
    private final RecordingStorageLog calls = new RecordingStorageLog();
    private final Storage storage = new Storage(
            new FakeStorageEngine(clock), Storage.Beside.NOTHING.withModels(catalogue()), clock, ticker, calls);

    @Test
    @Tag("AI-12")
    void a_grant_names_the_models_that_may_be_asked() {
        var ai = storage.inference(of(EnumSet.of(Action.AI_RUN), OPEN.text()));

        assertThat(ai.run(OPEN, INPUT).usage().total()).isEqualTo(6);
        ai.stream(OPEN, INPUT).close();

        assertDenied(() -> ai.run(CLOSED, INPUT));
        assertDenied(() -> ai.stream(CLOSED, INPUT));
        // Not even whether there is one.
        assertDenied(() -> ai.run(new ModelName("@test/unknown"), INPUT));
        assertThat(ai.models(ModelFilter.ALL)).extracting(ModelInfo::name).containsExactly(OPEN);
    }

    @Test
    @Tag("AI-12")
    void no_other_scope_opens_a_model() {
        var others = EnumSet.complementOf(EnumSet.of(Action.AI_RUN));
        var ai = storage.inference(of(others, OPEN.text()));

        assertDenied(() -> ai.run(OPEN, INPUT));
        assertThat(ai.models(ModelFilter.ALL)).isEmpty();
    }

    @Test
    @Tag("AI-12")
    void a_grant_that_has_ended_opens_nothing() {
        var grant = grants.ofEverything();
        var ai = storage.inference(grant);
        grant.close();

        assertDenied(() -> ai.run(OPEN, INPUT));
        assertDenied(() -> ai.models(ModelFilter.ALL));
    }

    @Test
    void principals_have_budgets_of_their_own_whatever_grant_they_come_with() {
        var large = TextGeneration.ofPrompt("a ".repeat(100));
        storage.inference(named("ann")).run(OPEN, large);

        assertThatThrownBy(() -> storage.inference(named("ann")).run(OPEN, large))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.THROTTLED));
        storage.inference(named("ben")).run(OPEN, large);
    }

    @Test
    @Tag("AI-11")
    void calls_are_told_by_model_and_numbers_alone() {
        var ai = storage.inference(grants.ofEverything());

        ai.run(OPEN, INPUT);
        ai.stream(OPEN, INPUT).close();
        ai.models(ModelFilter.ALL);

        assertThat(calls.calls()).extracting(StorageCall::port).containsOnly(StoragePort.INFERENCE);
        assertThat(calls.calls()).extracting(StorageCall::operation).containsExactly("run", "stream", "models");
        assertThat(calls.calls()).extracting(StorageCall::adapter).containsExactly("ai-echo", "ai-echo", "catalogue");
        assertThat(calls.calls()).extracting(StorageCall::resource).containsExactly(OPEN.text(), OPEN.text(), "");
        assertThat(calls.calls().getFirst().result())
                .isEqualTo(new StorageCall.Done("tokens", "6", new StorageCall.Moved(INPUT.bytes(), 0)));
        assertThat(calls.calls()).allSatisfy(call -> assertThat(call.toString()).doesNotContain("our-question"));
    }

    @Test
    void a_models_answer_commits_with_nothing() {
        assertThatThrownBy(() -> storage.together(
                        grants.ofEverything(),
                        unit -> unit.inference(grants.ofEverything()).run(OPEN, INPUT)))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.UNSUPPORTED));
    }

    @Test
    void where_there_are_no_models_they_are_unknown() {
        var without = new Storage(new FakeStorageEngine(clock), clock, ticker, calls);
        var ai = without.inference(grants.ofEverything());

        assertThatThrownBy(() -> ai.run(OPEN, INPUT))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NOT_FOUND));
        assertThat(ai.models(ModelFilter.ALL)).isEmpty();
    }

    private ModelCatalogue catalogue() {
        var entries = Stream.of(OPEN, CLOSED)
                .map(name -> new ModelEntry(
                        new ModelInfo(
                                name, Task.TEXT_GENERATION, new ModelLimits(new ByteSize(1000), 1, 100), Price.FREE),
                        new AiEcho(),
                        ModelEntry.Recording.NEVER))
                .toList();
        var means = new ModelCatalogue.Means(
                new TokenBudgets(new TokenBudget(200, 1000), ticker),
                new FirstByteDeadline(Duration.ofSeconds(1), ticker),
                (model, spender, input, output) -> {});
        return new ModelCatalogue(entries, means);
    }

    private Grant of(Set<Action> actions, String container) {
        return grants.of(
                "one", new Permission(actions, Set.of(ResourcePattern.exactly(container)), Set.of(KeyPrefix.EVERY)));
    }

    private Grant named(String subject) {
        return grants.of(
                subject,
                new Permission(TestGrants.EVERY_ACTION, Set.of(ResourcePattern.all()), Set.of(KeyPrefix.EVERY)));
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(StorageFailure.AccessDenied.class);
    }
}
