package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.inference.ChatMessage;
import io.triport.domain.inference.FirstByteDeadline;
import io.triport.domain.inference.Inference;
import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.InferenceInput.TextEmbeddings;
import io.triport.domain.inference.InferenceInput.TextGeneration;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.InferenceOutput.Generated;
import io.triport.domain.inference.InferenceResult;
import io.triport.domain.inference.ModelCatalogue;
import io.triport.domain.inference.ModelEntry;
import io.triport.domain.inference.ModelEntry.Recording;
import io.triport.domain.inference.ModelFilter;
import io.triport.domain.inference.ModelInfo;
import io.triport.domain.inference.ModelLimits;
import io.triport.domain.inference.ModelName;
import io.triport.domain.inference.Models;
import io.triport.domain.inference.Price;
import io.triport.domain.inference.Spender;
import io.triport.domain.inference.Task;
import io.triport.domain.inference.TokenBudget;
import io.triport.domain.inference.TokenBudgets;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.table.JsonText;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What models promise behind a catalogue, whatever adapter answers for them. The tag of a test names the case of the contract that it
 * belongs to; that a grant names the models (AI-12) is a test of the views.
 */
public abstract class InferenceContract {
    @RegisterExtension
    static final CaseMatrix MATRIX = new CaseMatrix("ai-matrix", "AI-", test -> ((InferenceContract) test).adapter());

    /** More than any answer of a test. */
    private static final int OUTPUT = 1000;

    private static final ByteSize INPUT = new ByteSize(8_000);
    private static final Spender ANN = new Spender("ann");
    private static final Spender BEN = new Spender("ben");
    private static final Duration MINUTE_AND_SLOT = Duration.ofSeconds(61);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);
    /** No test depends on it: it only ends one that would hang. */
    private static final int MOST_LOOKS = 15_000;

    private static final Pattern EVENT = Pattern.compile("data: ([^\n]*)\n\n");
    private static final Pattern RESPONSE =
            Pattern.compile("\\{\"response\":\"((?:[^\"\\\\]|\\\\.)*)\".*", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-f]{4})|(.))");

    private final SettableTicker ticker = new SettableTicker();
    private final FirstByteDeadline deadline = new FirstByteDeadline(FirstByteDeadline.USUAL, ticker);
    private final List<String> records = new CopyOnWriteArrayList<>();
    private ModelFixture fixture;

    /** The name of the adapter's row in the matrix. */
    protected abstract String adapter();

    /** Models of the adapter; the contract closes them. */
    protected abstract ModelFixture create();

    /** The same models as somebody sees them. */
    protected Inference view(Models models, Spender spender) {
        return models.of(spender);
    }

    @BeforeEach
    void open() {
        fixture = create();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @Tag("AI-01")
    void a_model_that_is_not_in_the_catalogue_is_unknown() {
        var unknown = new ModelName("@cf/nobody/knows-1.0");

        assertFails(FailureCode.NOT_FOUND, () -> ai().run(unknown, some(1)));
        assertFails(FailureCode.NOT_FOUND, () -> ai().stream(unknown, TextGeneration.ofPrompt("abc")));
    }

    @Test
    @Tag("AI-01")
    void the_catalogue_tells_task_limits_and_price_of_each_model_by_name() {
        var all = ai().models(ModelFilter.ALL);

        assertThat(all)
                .extracting(ModelInfo::name)
                .isSorted()
                .hasSize(fixture.models().size() * 2);
        for (var task : fixture.models().keySet()) {
            assertThat(ai().models(ModelFilter.of(task)))
                    .extracting(ModelInfo::task)
                    .containsExactly(task, task);
        }
        assertThat(all.getFirst())
                .isEqualTo(info(all.getFirst().name(), all.getFirst().task()));
        assertThat(ai().models(new ModelFilter(ModelFilter.ALL.tasks(), "recorded")))
                .hasSize(fixture.models().size());
    }

    @Test
    @Tag("AI-01")
    void an_input_of_another_task_is_refused() {
        var task = someTask();
        var other = task == Task.CLASSIFICATION
                ? new InferenceInput.Rerank("a", List.of("b"), 1)
                : new InferenceInput.Classification("a");

        assertFails(FailureCode.BAD_REQUEST, () -> ai().run(name(task), other));
    }

    @Test
    @Tag("AI-02")
    void each_text_has_a_vector_in_the_place_of_the_text() {
        require(Task.TEXT_EMBEDDINGS);
        var texts = List.of("the first", "a second one", "third", "the first", "größer als 4 €", "");

        var all = embed(texts);

        assertThat(all.rows()).isEqualTo(texts.size());
        for (var row = 0; row < texts.size(); row++) {
            var alone = embed(List.of(texts.get(row)));
            assertThat(alone.dimensions()).isEqualTo(all.dimensions());
            for (var at = 0; at < all.dimensions(); at++) {
                assertThat(all.at(row, at)).isCloseTo(alone.at(0, at), org.assertj.core.data.Offset.offset(1e-4f));
            }
        }
        assertThat(IntStream.range(0, all.dimensions()).anyMatch(at -> all.at(0, at) != all.at(1, at)))
                .isTrue();
    }

    @Test
    @Tag("AI-03")
    void a_hundred_texts_are_taken_and_one_more_is_too_large() {
        require(Task.TEXT_EMBEDDINGS);

        assertThat(embed(Collections.nCopies(100, "text")).rows()).isEqualTo(100);
        assertFails(
                FailureCode.TOO_LARGE,
                () -> ai().run(name(Task.TEXT_EMBEDDINGS), new TextEmbeddings(Collections.nCopies(101, "text"))));
    }

    @Test
    @Tag("AI-04")
    void a_whole_answer_has_text_a_reason_and_what_it_used() {
        require(Task.TEXT_GENERATION);

        var answer = generate(ai(), TextGeneration.ofPrompt("say something"));

        assertThat(answer.output()).asInstanceOf(type(Generated.class)).satisfies(said -> {
            assertThat(said.text()).isNotEmpty();
            assertThat(said.toolCalls().isNone()).isTrue();
            assertThat(said.finishReason()).isNotEmpty();
        });
        assertThat(answer.usage().input()).isPositive();
        assertThat(answer.usage().output()).isPositive();
    }

    @Test
    @Tag("AI-04")
    void a_stream_says_what_a_whole_answer_says_and_ends_with_what_it_used() {
        require(Task.TEXT_GENERATION);
        var input = TextGeneration.ofPrompt("say something");

        var whole = generate(ai(), input);
        var events = events(ai().stream(name(Task.TEXT_GENERATION), input));

        assertThat(said(events)).isEqualTo(((Generated) whole.output()).text());
        var usage = whole.usage();
        assertThat(events.get(events.size() - 2))
                .contains("\"finish_reason\":\"" + ((Generated) whole.output()).finishReason() + "\"")
                .contains("\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}"
                        .formatted(usage.input(), usage.output(), usage.total()));
        assertThat(events.getLast()).isEqualTo("[DONE]");
    }

    @Test
    @Tag("AI-04")
    void only_text_is_streamed() {
        fixture.models().keySet().stream()
                .filter(task -> task != Task.TEXT_GENERATION)
                .forEach(task -> assertFails(FailureCode.UNSUPPORTED, () -> ai().stream(name(task), input(task, 1))));
    }

    @Test
    @Tag("AI-05")
    void texts_come_whole_however_they_were_cut_on_their_way() {
        var script = script();
        var pieces =
                List.of("größer ", "als 4 €: \"ja\"\\\n", "\uD83D\uDE00", " data: [DONE]\r\n\n", "\u0000\u2028 Ende");
        script.answer(pieces.toArray(String[]::new));

        var events = events(ai().stream(name(Task.TEXT_GENERATION), TextGeneration.ofPrompt("abc")));

        assertThat(said(events)).isEqualTo(String.join("", pieces));
        assertThat(events).hasSize(pieces.size() + 2);
    }

    @Test
    @Tag("AI-06")
    void the_model_hears_at_once_that_its_client_has_gone() {
        var script = script();
        script.hangAfter("one");
        var reader = new Pieces();
        var answer = ai().stream(name(Task.TEXT_GENERATION), TextGeneration.ofPrompt("abc"));

        answer.bytes().subscribe(reader);
        reader.subscription().request(1);
        reader.awaitFirst();
        reader.subscription().request(1);
        reader.subscription().cancel();

        script.awaitGone();
        assertThat(said(reader.text())).isEqualTo("one");
    }

    @Test
    @Tag("AI-06")
    void the_model_hears_that_an_answer_was_closed_that_nobody_read() {
        var script = script();
        script.hangAfter("one");

        ai().stream(name(Task.TEXT_GENERATION), TextGeneration.ofPrompt("abc")).close();

        script.awaitGone();
    }

    @Test
    @Tag("AI-06")
    void who_leaves_pays_for_what_was_given_out_and_no_more() {
        var script = script();
        var ai = ai(new TokenBudget(60, 1000), ANN);
        script.hangAfter("one", "two");

        try (var answer = ai.stream(name(Task.TEXT_GENERATION), generation(50))) {
            assertThat(answer.length()).isEmpty();
        }

        script.answer("one");
        assertFails(FailureCode.THROTTLED, () -> generate(ai, generation(60)));
        generate(ai, generation(40));
    }

    @Test
    @Tag("AI-07")
    void a_call_is_charged_by_an_estimate_and_then_by_what_it_used() {
        var ai = ai(new TokenBudget(600, 10_000), ANN);
        var used = ai.run(someName(), some(300)).usage().total();

        assertThat(used).isBetween(1L, 300L);
        assertFails(FailureCode.THROTTLED, () -> ai.run(someName(), some(601 - used)));
        ai.run(someName(), some(600 - used));
    }

    @Test
    @Tag("AI-07")
    void a_spent_budget_says_when_there_is_room_again_and_others_have_their_own() {
        var models = catalogue(new TokenBudget(100, 10_000));
        var ann = view(models, ANN);
        ann.run(someName(), some(100));

        var wait = retryAfter(() -> ann.run(someName(), some(100)));

        assertThat(wait).isBetween(Duration.ofSeconds(1), MINUTE_AND_SLOT);
        view(models, BEN).run(someName(), some(100));
        ticker.advance(wait);
        ann.run(someName(), some(100));
    }

    @Test
    @Tag("AI-07")
    void what_a_budget_never_has_is_too_large() {
        assertFails(
                FailureCode.TOO_LARGE,
                () -> ai(new TokenBudget(100, 10_000), ANN).run(someName(), some(101)));
    }

    @Test
    @Tag("AI-07")
    void a_call_that_fails_costs_nothing() {
        var script = script();
        var ai = ai(new TokenBudget(100, 10_000), ANN);
        var whole = generation(100);
        script.answer("one");

        script.refuse(500, 1);
        assertFails(FailureCode.UNAVAILABLE, () -> generate(ai, whole));
        script.refuse(500, 1);
        assertFails(FailureCode.UNAVAILABLE, () -> ai.stream(name(Task.TEXT_GENERATION), whole));

        generate(ai, whole);
    }

    @Test
    @Tag("AI-07")
    void an_answer_that_was_streamed_is_charged_by_what_it_used() {
        var script = script();
        var ai = ai(new TokenBudget(100, 10_000), ANN);
        script.answer("one", "two", "three");
        var used = generate(ai(), generation(50)).usage().total();

        events(ai.stream(name(Task.TEXT_GENERATION), generation(50)));

        assertFails(FailureCode.THROTTLED, () -> generate(ai, generation(101 - used)));
        generate(ai, generation(100 - used));
    }

    @Test
    @Tag("AI-08")
    void what_a_server_refuses_is_told_in_our_words() {
        var script = script();
        Map.of(
                        400, FailureCode.BAD_REQUEST,
                        401, FailureCode.BACKEND_AUTHENTICATION,
                        413, FailureCode.TOO_LARGE,
                        500, FailureCode.UNAVAILABLE,
                        503, FailureCode.UNAVAILABLE,
                        504, FailureCode.OUTCOME_UNKNOWN)
                .forEach((status, code) -> {
                    script.refuse(status, 2);
                    assertFails(code, () -> generate(ai(), generation(50)));
                    script.refuse(status, 2);
                    assertFails(code, () -> ai().stream(name(Task.TEXT_GENERATION), generation(50)));
                });

        script.refuse(429, 1);
        assertThat(retryAfter(() -> generate(ai(), generation(50)))).isEqualTo(ScriptedModel.RETRY_AFTER);
    }

    @Test
    @Tag("AI-09")
    void a_first_byte_that_does_not_come_in_time_is_waited_for_no_longer() {
        var script = script();
        script.hangAfter();

        assertThat(ended(script, () -> generate(ai(), generation(50)))).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
        script.awaitGone();
    }

    @Test
    @Tag("AI-09")
    void a_stream_whose_first_byte_does_not_come_never_begins() {
        var script = script();
        script.hangAfter();
        var ai = ai(new TokenBudget(100, 10_000), ANN);

        assertThat(ended(script, () -> ai.stream(name(Task.TEXT_GENERATION), generation(100))))
                .isEqualTo(FailureCode.OUTCOME_UNKNOWN);

        script.awaitGone();
        script.answer("one");
        generate(ai, generation(100));
    }

    @Test
    @Tag("AI-09")
    void a_stream_that_stands_still_ends_like_one_that_never_began() {
        var script = script();
        script.hangAfter("one");
        var answer = ai().stream(name(Task.TEXT_GENERATION), generation(50));

        assertThat(ended(script, () -> read(answer))).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
        script.awaitGone();
    }

    @Test
    @Tag("AI-10")
    void what_did_nothing_is_asked_once_more_before_the_first_byte() {
        var script = script();
        script.answer("one");
        script.refuse(503, 1);

        assertThat(said(events(ai().stream(name(Task.TEXT_GENERATION), generation(50)))))
                .isEqualTo("one");
        assertThat(script.asked()).isEqualTo(2);
    }

    @Test
    @Tag("AI-10")
    void nothing_is_asked_anew_behind_the_first_byte() {
        var script = script();
        script.breakAfter("one");
        var reader = new Pieces();
        var answer = ai().stream(name(Task.TEXT_GENERATION), generation(50));

        answer.bytes().subscribe(reader);
        reader.subscription().request(Long.MAX_VALUE);
        reader.awaitFirst();
        script.breakNow();

        assertThat(reader.awaitFailure())
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.UNAVAILABLE));
        assertThat(said(reader.text())).isEqualTo("one");
        assertThat(script.asked()).isEqualTo(1);
    }

    @Test
    @Tag("AI-11")
    void what_goes_in_and_comes_out_is_told_to_nobody() {
        var task = someTask();

        var result = ai().run(name(task), input(task, 5));

        assertThat(records).isEmpty();
        assertThat(input(task, 5).toString()).doesNotContain("aaa");
        assertThat(TextGeneration.ofPrompt("secret").messages().toString()).doesNotContain("secret");
        assertThat(result.toString()).doesNotContain("aaa");
    }

    @Test
    @Tag("AI-11")
    void a_failure_says_nothing_of_what_was_asked() {
        var script = script();
        script.refuse(400, 1);

        assertThatThrownBy(() -> generate(ai(), TextGeneration.ofPrompt("our-secret")))
                .isInstanceOf(StorageFailure.class)
                .satisfies(failure -> {
                    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                        assertThat(cause.toString()).doesNotContain("our-secret");
                    }
                });
        assertThat(script.lastAsked()).contains("our-secret");
    }

    @Test
    @Tag("AI-11")
    void a_model_of_which_the_catalogue_says_so_is_recorded() {
        var task = someTask();

        ai().run(recordedName(task), input(task, 5));

        assertThat(records).singleElement().asString().startsWith(recordedName(task) + " ann " + task + " ");
    }

    @Test
    @Tag("AI-11")
    void a_stream_is_recorded_at_its_end_and_when_it_is_left() {
        var script = script();
        var name = recordedName(Task.TEXT_GENERATION);
        script.answer("one", "two");
        events(ai().stream(name, generation(50)));
        script.hangAfter("one", "two");
        ai().stream(name, generation(50)).close();

        assertThat(records).hasSize(2);
        assertThat(records.getFirst()).endsWith(" onetwo");
    }

    @Test
    @Tag("AI-13")
    void tools_their_calls_and_their_answers_go_through_as_they_are() {
        require(InferenceCapability.TOOLS);
        var script = script();
        var tools =
                "[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":{\"type\":\"object\"}}}]";
        var calls =
                "[{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"at\\\":1}\"}}]";
        script.callTools(calls);
        var question = TextGeneration.ofPrompt("weather?").withTools(new JsonText(tools));

        var asked = (Generated) generate(ai(), question).output();

        assertThat(asked.toolCalls().text().replace(" ", "")).isEqualTo(calls);
        assertThat(script.lastAsked()).contains(tools);
        assertThat(String.join("", events(ai().stream(name(Task.TEXT_GENERATION), question))))
                .contains("{\"tool_calls\":")
                .contains("call_1")
                .contains("{\\\"at\\\":1}");

        script.answer("sunny");
        var called = new ChatMessage(ChatMessage.Role.ASSISTANT, "", asked.toolCalls(), "");
        generate(
                ai(),
                TextGeneration.of(List.of(ChatMessage.user("weather?"), called, ChatMessage.answer("call_1", "sun"))));
        assertThat(script.lastAsked()).contains(calls).contains("sun").contains("call_1");
    }

    @Test
    @Tag("AI-14")
    void an_input_above_the_models_bound_is_too_large() {
        var task = someTask();

        assertFails(FailureCode.TOO_LARGE, () -> ai().run(name(task), input(task, 8_001 / 3 + 1)));
        ai().run(name(task), input(task, 8_000 / 3));
    }

    @Test
    void documents_come_by_relevance_as_many_as_are_wanted() {
        require(Task.RERANK);
        var documents = List.of("birds fly", "cats sleep all day", "cats and dogs", "stones");

        var ranks = ranks(new InferenceInput.Rerank("cats sleep", documents, 3));
        var all = ranks(new InferenceInput.Rerank("cats sleep", documents, 100));

        assertThat(ranks).hasSize(3).isEqualTo(all.subList(0, 3));
        assertThat(ranks.getFirst().index()).isEqualTo(1);
        assertThat(all).extracting(InferenceOutput.Rank::index).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(all).extracting(InferenceOutput.Rank::score).isSortedAccordingTo(Collections.reverseOrder());
    }

    @Test
    void a_text_has_labels() {
        require(Task.CLASSIFICATION);

        var answer = ai().run(name(Task.CLASSIFICATION), new InferenceInput.Classification("fine"));

        assertThat(((InferenceOutput.Classified) answer.output()).labels()).isNotEmpty();
    }

    @Test
    void what_has_no_task_of_ours_goes_through() {
        require(Task.OTHER);
        var body = Bytes.utf8("{\"own\":1}");

        var answer = ai().run(name(Task.OTHER), new InferenceInput.Passed("application/json", body));

        assertThat(answer.output()).isEqualTo(new InferenceOutput.Passed("application/json", body));
    }

    private List<InferenceOutput.Rank> ranks(InferenceInput.Rerank input) {
        return ((InferenceOutput.Ranked) ai().run(name(Task.RERANK), input).output()).ranks();
    }

    private io.triport.domain.inference.Vectors embed(List<String> texts) {
        var answer = ai().run(name(Task.TEXT_EMBEDDINGS), new TextEmbeddings(texts));
        return ((InferenceOutput.Embedded) answer.output()).vectors();
    }

    private InferenceResult generate(Inference ai, TextGeneration input) {
        return ai.run(name(Task.TEXT_GENERATION), input);
    }

    private Inference ai() {
        return ai(TokenBudget.UNBOUNDED, ANN);
    }

    private Inference ai(TokenBudget budget, Spender spender) {
        return view(catalogue(budget), spender);
    }

    private ModelCatalogue catalogue(TokenBudget budget) {
        var entries = new ArrayList<ModelEntry>();
        fixture.models().forEach((task, model) -> {
            entries.add(new ModelEntry(info(name(task), task), model, Recording.NEVER));
            entries.add(new ModelEntry(info(recordedName(task), task), model, Recording.INPUT_AND_OUTPUT));
        });
        return new ModelCatalogue(
                entries,
                new ModelCatalogue.Means(
                        new TokenBudgets(budget, ticker),
                        deadline,
                        (model, spender, input, output) -> records.add(model + " " + payer(spender) + " " + input.task()
                                + " " + (output instanceof Generated said ? said.text() : ""))));
    }

    /** Of a principal only its last part. */
    private static String payer(Spender spender) {
        return spender.text().replaceFirst(".*:", "");
    }

    private static ModelInfo info(ModelName name, Task task) {
        return new ModelInfo(name, task, new ModelLimits(INPUT, 100, OUTPUT), Price.FREE);
    }

    private static ModelName name(Task task) {
        return new ModelName("@test/" + task);
    }

    private static ModelName recordedName(Task task) {
        return new ModelName("@recorded/" + task);
    }

    /** Whatever the adapter can, text before all. */
    private Task someTask() {
        return List.of(Task.values()).stream()
                .filter(fixture.models()::containsKey)
                .findFirst()
                .orElseThrow();
    }

    private ModelName someName() {
        return name(someTask());
    }

    private InferenceInput some(long tokens) {
        return input(someTask(), tokens);
    }

    /** That is estimated at so many tokens. */
    private static InferenceInput input(Task task, long tokens) {
        var bytes = "a".repeat(Math.toIntExact(tokens * 3));
        return switch (task) {
            case TEXT_GENERATION ->
                tokens <= OUTPUT
                        ? generation(tokens)
                        : TextGeneration.ofPrompt(bytes).withMaxTokens(1);
            case TEXT_EMBEDDINGS -> new TextEmbeddings(List.of(bytes));
            case RERANK -> new InferenceInput.Rerank("", List.of(bytes), 1);
            case CLASSIFICATION -> new InferenceInput.Classification(bytes);
            case OTHER -> new InferenceInput.Passed("text/plain", Bytes.utf8(bytes));
        };
    }

    private static TextGeneration generation(long tokens) {
        return TextGeneration.ofPrompt("aaa").withMaxTokens(Math.toIntExact(Math.max(1, tokens - 1)));
    }

    private ScriptedModel script() {
        require(InferenceCapability.SCRIPTED);
        return fixture.script();
    }

    private void require(Task task) {
        if (!fixture.models().containsKey(task)) {
            throw new NotClaimed(task);
        }
    }

    private void require(InferenceCapability capability) {
        if (!fixture.capabilities().contains(capability)) {
            throw new NotClaimed(capability);
        }
    }

    private static List<String> events(Content answer) {
        return events(read(answer));
    }

    private static List<String> events(String text) {
        var found = EVENT.matcher(text);
        var events = found.results().map(event -> event.group(1)).toList();
        assertThat(EVENT.matcher(text).replaceAll("")).as("what is no event").isEmpty();
        return events;
    }

    private static String read(Content answer) {
        return GeneratedContent.read(answer).toUtf8();
    }

    private static String said(String text) {
        return said(events(text));
    }

    /** All texts behind each other. */
    private static String said(List<String> events) {
        return events.stream()
                .map(RESPONSE::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(found -> ESCAPE.matcher(found.group(1))
                        .replaceAll(escape -> java.util.regex.Matcher.quoteReplacement(
                                escape.group(1) == null
                                        ? escape.group(2)
                                        : Character.toString((char) Integer.parseInt(escape.group(1), 16)))))
                .collect(Collectors.joining());
    }

    private static void assertFails(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }

    private static Duration retryAfter(ThrowingCallable call) {
        var wait = new AtomicReference<Duration>(Duration.ZERO);
        assertThatThrownBy(call).isInstanceOfSatisfying(StorageFailure.LimitExceeded.class, e -> {
            assertThat(e.code()).isEqualTo(FailureCode.THROTTLED);
            wait.set(e.retryAfter().orElseThrow());
        });
        return wait.get();
    }

    /** What a call fails with that hangs until its time is over, which passes from when the model was asked. */
    private FailureCode ended(ScriptedModel script, Runnable call) {
        var thrown = new AtomicReference<@Nullable Throwable>();
        var marked = new AtomicReference<@Nullable Boolean>();
        var caller = Thread.ofVirtual().start(() -> {
            try {
                call.run();
            } catch (RuntimeException | Error e) {
                thrown.set(e);
            }
            marked.set(Thread.currentThread().isInterrupted());
        });
        try {
            for (var look = 0; !caller.join(BETWEEN_LOOKS); look++) {
                assertThat(look).as("looks at a call that hangs").isLessThan(MOST_LOOKS);
                if (script.asked() > 0) {
                    ticker.advance(FirstByteDeadline.USUAL);
                    deadline.look();
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(marked.get()).as("interrupted").isEqualTo(false);
        if (thrown.get() instanceof StorageFailure failure) {
            return failure.code();
        }
        throw new AssertionError("the call was not ended", thrown.get());
    }

    /** Collects what is told. */
    private static final class Pieces implements Flow.Subscriber<ByteBuffer> {
        private final List<String> texts = new CopyOnWriteArrayList<>();
        private final CountDownLatch first = new CountDownLatch(1);
        private final CountDownLatch failed = new CountDownLatch(1);
        private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        private Flow.Subscription subscription() {
            return java.util.Objects.requireNonNull(subscription.get());
        }

        private String text() {
            return String.join("", texts);
        }

        private void awaitFirst() {
            await(first);
        }

        private Throwable awaitFailure() {
            await(failed);
            return java.util.Objects.requireNonNull(failure.get());
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.set(given);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            texts.add(Bytes.from(piece).toUtf8());
            first.countDown();
        }

        @Override
        public void onError(Throwable thrown) {
            failure.set(thrown);
            failed.countDown();
        }

        @Override
        public void onComplete() {
            // Nobody waits for it.
        }
    }
}
