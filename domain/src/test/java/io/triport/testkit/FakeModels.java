package io.triport.testkit;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.InferenceResult;
import io.triport.domain.inference.Model;
import io.triport.domain.inference.ModelStream;
import io.triport.domain.inference.StreamEvent;
import io.triport.domain.inference.Task;
import io.triport.domain.inference.TokenEstimate;
import io.triport.domain.inference.Usage;
import io.triport.domain.inference.Vectors;
import io.triport.domain.table.JsonText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Models that are their own server, which does as a test says. One monitor guards the script. */
public final class FakeModels implements ModelFixture, ScriptedModel {
    private static final Duration MOST = Duration.ofSeconds(30);

    private final CountDownLatch gone = new CountDownLatch(1);
    private final CountDownLatch broken = new CountDownLatch(1);
    private List<String> pieces = List.of("answer");
    private String calls = "";
    private Finish finish = Finish.END;
    private int status;
    private int refusals;
    private int asked;
    private String last = "";

    private enum Finish {
        END,
        HANG,
        BREAK
    }

    @Override
    public Map<Task, Model> models() {
        var models = new EnumMap<Task, Model>(Task.class);
        Arrays.stream(Task.values()).forEach(task -> models.put(task, new Fake()));
        return models;
    }

    @Override
    public Set<InferenceCapability> capabilities() {
        return Set.of(InferenceCapability.values());
    }

    @Override
    public ScriptedModel script() {
        return this;
    }

    @Override
    public synchronized void answer(String... said) {
        script(Finish.END, said);
    }

    @Override
    public synchronized void callTools(String json) {
        script(Finish.END);
        calls = json;
    }

    @Override
    public synchronized void refuse(int with, int times) {
        status = with;
        refusals = times;
    }

    @Override
    public synchronized void hangAfter(String... said) {
        script(Finish.HANG, said);
    }

    @Override
    public synchronized void breakAfter(String... said) {
        script(Finish.BREAK, said);
    }

    @Override
    public void breakNow() {
        broken.countDown();
    }

    @Override
    public synchronized int asked() {
        return asked;
    }

    @Override
    public synchronized String lastAsked() {
        return last;
    }

    @Override
    public void awaitGone() {
        try {
            if (!gone.await(MOST.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("nobody has gone");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        // Memory only.
    }

    private synchronized void script(Finish how, String... said) {
        pieces = List.of(said);
        finish = how;
        calls = "";
    }

    private synchronized ModelStream begin(InferenceInput.TextGeneration input) {
        for (var attempt = 0; ; attempt++) {
            asked++;
            last = asked(input);
            if (refusals == 0) {
                break;
            }
            refusals--;
            // One that certainly did nothing is asked once more.
            if (status != 503 || attempt > 0) {
                throw refusal(status);
            }
        }
        var events = new ArrayList<StreamEvent>();
        pieces.forEach(piece -> events.add(new StreamEvent.Text(piece)));
        if (!calls.isEmpty()) {
            events.add(new StreamEvent.ToolCalls(new JsonText(calls)));
        }
        return new Fed(events, finish, new Usage(1, pieces.size()));
    }

    private static String asked(InferenceInput.TextGeneration input) {
        var asked = new StringBuilder();
        input.messages()
                .forEach(message ->
                        asked.append(message.text()).append(message.toolCalls()).append(message.toolCallId()));
        return asked.append(input.tools()).toString().replace(" ", "");
    }

    private static StorageFailure refusal(int status) {
        var said = "model: " + status;
        return switch (status) {
            case 400 -> new StorageFailure.Rejected(FailureCode.BAD_REQUEST, said);
            case 401 -> new StorageFailure.Unavailable(FailureCode.BACKEND_AUTHENTICATION, said);
            case 413 -> new StorageFailure.LimitExceeded(FailureCode.TOO_LARGE, said);
            case 429 -> new StorageFailure.LimitExceeded(FailureCode.THROTTLED, said, RETRY_AFTER);
            case 504 -> new StorageFailure.Unavailable(FailureCode.OUTCOME_UNKNOWN, said);
            default -> new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, said);
        };
    }

    /** Answers with what was said. */
    private final class Fake implements Model {
        @Override
        public InferenceResult run(InferenceInput input) {
            return switch (input) {
                case InferenceInput.TextGeneration text -> generate(text);
                case InferenceInput.TextEmbeddings texts ->
                    counted(
                            input,
                            new InferenceOutput.Embedded(Vectors.of(texts.texts().stream()
                                    .map(FakeModels::vector)
                                    .toList())));
                case InferenceInput.Rerank rerank -> counted(input, new InferenceOutput.Ranked(ranks(rerank)));
                case InferenceInput.Classification text ->
                    counted(
                            input,
                            new InferenceOutput.Classified(List.of(new InferenceOutput.Label(
                                    "long", Math.min(1, text.text().length() / 100.0)))));
                case InferenceInput.Passed passed ->
                    counted(input, new InferenceOutput.Passed(passed.type(), passed.body()));
            };
        }

        @Override
        public ModelStream stream(InferenceInput.TextGeneration input) {
            return begin(input);
        }

        @Override
        public String adapter() {
            return "fake";
        }

        private InferenceResult generate(InferenceInput.TextGeneration input) {
            try (var events = begin(input)) {
                var text = new StringBuilder();
                var called = JsonText.NONE;
                while (true) {
                    switch (events.next()) {
                        case StreamEvent.Text piece -> text.append(piece.text());
                        case StreamEvent.ToolCalls piece -> called = piece.calls();
                        case StreamEvent.Ended end -> {
                            return new InferenceResult(
                                    new InferenceOutput.Generated(text.toString(), called, end.reason()), end.usage());
                        }
                    }
                }
            }
        }

        private InferenceResult counted(InferenceInput input, InferenceOutput output) {
            return new InferenceResult(output, new Usage(TokenEstimate.of(input), 0));
        }
    }

    private static float[] vector(String text) {
        return new float[] {text.length(), text.isEmpty() ? 0 : text.charAt(0), text.hashCode() % 1000};
    }

    /** By the words that they share with the query. */
    private static List<InferenceOutput.Rank> ranks(InferenceInput.Rerank rerank) {
        var words = Set.of(rerank.query().split(" "));
        return IntStream.range(0, rerank.documents().size())
                .mapToObj(at -> new InferenceOutput.Rank(
                        at,
                        Arrays.stream(rerank.documents().get(at).split(" "))
                                .filter(words::contains)
                                .count()))
                .sorted(Comparator.comparingDouble(InferenceOutput.Rank::score).reversed())
                .limit(rerank.top())
                .toList();
    }

    /** What was laid down, and then an end. */
    private final class Fed implements ModelStream {
        private final List<StreamEvent> events;
        private final Finish how;
        private final Usage usage;
        private final CountDownLatch closed = new CountDownLatch(1);

        private Fed(List<StreamEvent> events, Finish how, Usage usage) {
            this.events = new ArrayList<>(events);
            this.how = how;
            this.usage = usage;
        }

        @Override
        public StreamEvent next() {
            if (!events.isEmpty()) {
                return events.removeFirst();
            }
            return switch (how) {
                case END -> new StreamEvent.Ended("stop", usage);
                case BREAK -> hang(broken, "broke off");
                case HANG -> hang(closed, "left");
            };
        }

        private static StreamEvent hang(CountDownLatch until, String why) {
            try {
                until.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "model: " + why);
        }

        @Override
        public void close() {
            closed.countDown();
            if (how == Finish.HANG) {
                gone.countDown();
            }
        }
    }
}
