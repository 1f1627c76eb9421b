/** What a 1..5 judge is asked. The texts are ours; the names `github/…` are those people's files use. */
export interface Rubric {
  readonly title: string;
  readonly question: string;
  /** For 1, 2, 3, 4 and 5. */
  readonly levels: readonly [string, string, string, string, string];
  /** What the judge sees besides the output. */
  readonly shows: readonly ('input' | 'expected' | 'context')[];
  readonly needsExpected?: boolean;
}

export const rubrics = {
  'github/similarity': {
    title: 'Similarity',
    question:
      'How close in meaning is the output to the reference answer? Judge what is said, not how: other words, another order or another length are fine as long as the same information reaches the reader.',
    levels: [
      'It says something else, or contradicts the reference.',
      'It shares the topic, but most of the information differs or is missing.',
      'It agrees in part: some important information is missing, wrong or added.',
      'It agrees in all that matters; small details differ.',
      'It says the same; nothing that matters is missing, wrong or added.',
    ],
    shows: ['input', 'expected'],
    needsExpected: true,
  },
  'github/coherence': {
    title: 'Coherence',
    question:
      'How well does the output hang together? Look at the order of its thoughts, at how each sentence follows from the one before, and at whether it contradicts itself. Do not judge whether it is true.',
    levels: [
      'Fragments without connection; no line of thought can be followed.',
      'Mostly disconnected, or it contradicts itself on something important.',
      'The line of thought can be followed, with jumps, gaps or repetitions.',
      'Well ordered, with a small jump or repetition here and there.',
      'Every part follows from what comes before and serves the whole.',
    ],
    shows: ['input'],
  },
  'github/fluency': {
    title: 'Fluency',
    question:
      'How well is the output written as language? Look at grammar, spelling, choice of words and how easily it reads. Do not judge whether it is true or to the point. Code, tables and lists are read by the customs of their kind.',
    levels: [
      'Hardly readable: errors hide the meaning.',
      'Readable with effort: frequent errors or very clumsy sentences.',
      'Understandable, with noticeable errors or stiff wording.',
      'Reads well; a slip here and there.',
      'Reads like the work of a careful native writer; no errors.',
    ],
    shows: [],
  },
  'github/relevance': {
    title: 'Relevance',
    question:
      'How well does the output answer what was asked? Look at whether it meets the request, all of it, and keeps to it. Do not reward length.',
    levels: [
      'It does not answer the request at all.',
      'It touches the topic but leaves the request mostly unanswered.',
      'It answers a part, or buries the answer under things nobody asked for.',
      'It answers the request; something minor is missing or superfluous.',
      'It answers the whole request and nothing else.',
    ],
    shows: ['input'],
  },
  'github/groundedness': {
    title: 'Groundedness',
    question:
      'How far is what the output states supported by the given material? Every statement of fact must follow from that material; what is true in the world but not in it counts as unsupported.',
    levels: [
      'What it states is invented or contradicts the material.',
      'Most of what it states has no support in the material.',
      'Its main point is supported; several statements are not.',
      'Nearly everything is supported; one minor statement is not.',
      'Everything it states follows from the material.',
    ],
    shows: ['input', 'context'],
  },
} as const satisfies Record<string, Rubric>;

/** For `promptly/judge` without levels of its own. */
export const generalLevels: Rubric['levels'] = [
  'It fails the criteria.',
  'It meets a small part of the criteria.',
  'It meets the criteria in part, with clear weaknesses.',
  'It meets the criteria with minor weaknesses.',
  'It meets the criteria fully.',
];

export const generalCriteria =
  'The output does what was asked: it is correct, complete, to the point and clearly written.';
