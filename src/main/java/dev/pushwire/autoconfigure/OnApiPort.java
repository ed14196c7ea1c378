package dev.pushwire.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Matches if the HTTP API has a port of its own. An empty value is none, as a variable has it that is not set. */
final class OnApiPort extends SpringBootCondition {
    private static final String PROPERTY = "pushwire.api.port";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return new ConditionOutcome(StringUtils.hasText(context.getEnvironment().getProperty(PROPERTY)), PROPERTY);
    }
}
