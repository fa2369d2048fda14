package io.triport.gateway.problem;

import io.triport.domain.identity.Refusal;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.identity.connection.EdgeRefusal;
import io.triport.identity.edge.ErrorShape;
import io.triport.identity.edge.Layer;
import java.util.Map;
import org.slf4j.event.Level;

/** The gateway's errors to the edge. */
public final class ProblemShape implements ErrorShape {
    private static final Map<String, String> HEADERS = Map.of("Cache-Control", "no-store");

    private final ProblemPage page;

    /** @param plain whether errors have the form of the seed */
    public ProblemShape(boolean plain) {
        this.page = new ProblemPage(plain);
    }

    @Override
    public EdgeAnswer of(EdgeRefusal refusal) {
        return answer(Problem.of(refusal));
    }

    @Override
    public EdgeAnswer of(Refusal refusal) {
        return answer(Problem.of(refusal.reason()));
    }

    @Override
    public Failure of(RuntimeException failure) {
        return new Failure(answer(Problem.INTERNAL), Layer.REQUEST, Level.ERROR);
    }

    private EdgeAnswer answer(Problem problem) {
        return new EdgeAnswer(problem.status(), page.contentType(), page.body(problem, "", ""), HEADERS);
    }
}
