package dev.pushwire.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what an application without Tomcat needs, in place of a stack trace. */
final class NeedsTomcatFailureAnalyzer extends AbstractFailureAnalyzer<NeedsTomcatException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NeedsTomcatException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Use spring-boot-starter-web with its Tomcat, as a servlet application, or leave Pushwire out with"
                        + " pushwire.enabled=false.",
                cause);
    }
}
