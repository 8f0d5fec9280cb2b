import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { PageHeading } from '#/app/page';
import { Notice } from '#/ui/Notice';
import { Skeleton } from '#/ui/Skeleton';
import { CodeBlock } from './CodeBlock';
import type { TextBlock } from './document';
import { Prose } from './Prose';
import { type TextPage as Page, useTextDocument } from './texts';
import './style.css';

/** A page of running text with a table of contents, and what comes after the lead and at the end. */
export function TextPage({
  page,
  title,
  after,
  end,
}: {
  page: Page;
  title: string;
  after?: ReactNode;
  end?: ReactNode;
}) {
  const t = useTranslations('content');
  const { data } = useTextDocument(page);
  return (
    <div className="page text-page">
      <PageHeading title={title}>{title}</PageHeading>
      {data ? (
        <>
          <p className="text-page__lead">
            <Prose source={data.lead} />
          </p>
          {after}
          {data.notice ? (
            <Notice tone="warning" className="text-page__notice">
              <p>
                <Prose source={data.notice} />
              </p>
            </Notice>
          ) : null}
          <div className="text-page__columns">
            <nav className="text-page__contents no-print" aria-labelledby="contents">
              <h2 className="text-page__contents-title" id="contents">
                {t('onThisPage')}
              </h2>
              <ul className="text-page__contents-list">
                {data.sections.map(({ id, title: name }) => (
                  <li key={id}>
                    <a href={`#${id}`}>{name}</a>
                  </li>
                ))}
              </ul>
            </nav>
            <div className="text-page__body">
              {data.sections.map((section) => (
                <section key={section.id} className="text-page__section" aria-labelledby={section.id}>
                  <h2 id={section.id}>{section.title}</h2>
                  {section.blocks.map((block) => (
                    <Block key={JSON.stringify(block)} block={block} />
                  ))}
                </section>
              ))}
              {end}
            </div>
          </div>
        </>
      ) : (
        <Skeleton shape="block" count={2} />
      )}
    </div>
  );
}

function Block({ block }: { block: TextBlock }) {
  if (block.heading) return <h3>{block.heading}</h3>;
  if (block.code) return <CodeBlock label={block.label ?? ''} code={block.code} />;
  if (block.list) {
    return (
      <ul>
        {block.list.map((item) => (
          <li key={item}>
            <Prose source={item} />
          </li>
        ))}
      </ul>
    );
  }
  if (block.facts) {
    return (
      <dl className="text-facts">
        {block.facts.map(({ term, text }) => (
          <div key={term} className="text-facts__row">
            <dt>{term}</dt>
            <dd>
              <Prose source={text} />
            </dd>
          </div>
        ))}
      </dl>
    );
  }
  return (
    <p>
      <Prose source={block.text ?? ''} />
    </p>
  );
}
