package dev.pushwire.api;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.TooManyTopicsException;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.endpoint.spi.LimitListener;
import dev.pushwire.problem.CommonProblems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers failures in the controllers of this package. Controllers of an application are left to the application. */
@RestControllerAdvice(basePackageClasses = ApiFailures.class)
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class ApiFailures {
    private static final Logger log = LoggerFactory.getLogger(ApiFailures.class);

    private final LimitListener limits;

    ApiFailures(LimitListener limits) {
        this.limits = limits;
    }

    @ExceptionHandler
    void unavailable(BrokerUnavailableException failure, HttpServletRequest request, HttpServletResponse response) {
        ErrorResponseException problem = Problems.unavailable();
        ApiErrors.answer(problem.getBody(), problem.getHeaders(), request, response);
    }

    @ExceptionHandler
    void full(TooManyTopicsException failure, HttpServletRequest request, HttpServletResponse response) {
        limits.exceeded(Limit.TOPICS);
        ErrorResponseException problem = Problems.tooManyTopics();
        ApiErrors.answer(problem.getBody(), problem.getHeaders(), request, response);
    }

    @ExceptionHandler
    void fail(RuntimeException failure, HttpServletRequest request, HttpServletResponse response) {
        log.error("A request to the HTTP API failed", failure);
        ApiErrors.answer(CommonProblems.of(500), HttpHeaders.EMPTY, request, response);
    }
}
